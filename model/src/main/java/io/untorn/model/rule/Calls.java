package io.untorn.model.rule;

import static io.untorn.model.rule.Expectation.required;

import io.untorn.model.history.Outcome;
import io.untorn.model.history.Outcome.Laid;
import io.untorn.model.history.Outcome.Returned;
import io.untorn.model.history.Step;
import io.untorn.model.operation.Layout;
import io.untorn.model.operation.Operation;
import io.untorn.model.rule.Expectation.Exactly;
import io.untorn.model.rule.Expectation.Fitting;
import io.untorn.model.rule.Expectation.Permit;
import io.untorn.model.state.FileState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A layout as its calls, one after another: each may answer what it may alone, in the world that those before it left. */
public final class Calls {
    private final Layout layout;
    private final Specification specification;
    private final Outcome complete;

    private Calls(Layout layout, Specification specification) {
        this.layout = layout;
        this.specification = specification;
        complete = new Returned(layout.returned());
    }

    /** Return what a layout may come to. */
    static Expectation expectation(Layout layout, Situation on, Specification specification) {
        return new Calls(layout, specification).expectation(on);
    }

    /** A call as it went, and what it met. */
    public record Met(Step step, Situation on) {}

    /** Return the calls of a layout that were made, each in the first of the worlds that those before it may have left. */
    public static List<Met> made(Step step, Layout layout, Situation on, Specification specification) {
        return step.outcome() instanceof Laid laid ? new Calls(layout, specification).made(step, laid, on) : List.of();
    }

    private List<Met> made(Step step, Laid laid, Situation on) {
        List<Met> made = new ArrayList<>();
        List<Operation> calls = layout.calls();
        Situation met = on;
        for (int i = 0; i < Math.min(laid.calls(), calls.size()); i++) {
            Outcome outcome = i < laid.calls() - 1 ? complete : laid.last();
            made.add(new Met(new Step(calls.get(i), step.invoked(), step.returned(), outcome), met));
            met = in(
                    met,
                    permits(calls.get(i), met).stream()
                            .flatMap(permit -> permit.next(outcome).stream())
                            .findFirst()
                            .orElse(met.state()));
        }
        return made;
    }

    private Expectation expectation(Situation on) {
        List<Permit> stops = new ArrayList<>();
        List<Operation> calls = layout.calls();
        Set<FileState> worlds = Set.of(on.state());
        for (int i = 0; i < calls.size(); i++) {
            Set<FileState> next = new LinkedHashSet<>();
            for (FileState world : worlds) {
                List<Permit> permits = permits(calls.get(i), in(on, world));
                for (Permit permit : permits) {
                    permit.next(complete).ifPresent(next::add);
                    if (!(permit instanceof Exactly exactly)
                            || !exactly.outcome().equals(complete)) {
                        stops.add(stop(i + 1, permit, permits.size() == 1));
                    }
                }
            }
            worlds = next;
        }
        Laid all = new Laid(calls.size(), complete);
        if (stops.isEmpty() && worlds.size() == 1) {
            return required(all, worlds.iterator().next());
        }
        List<Permit> permits = new ArrayList<>();
        worlds.forEach(world -> permits.add(Expectation.allowed(all, world)));
        permits.addAll(stops);
        return new Expectation(permits);
    }

    private List<Permit> permits(Operation call, Situation met) {
        return specification.decide(call, met).expectation().permits();
    }

    private Permit stop(int made, Permit permit, boolean only) {
        if (only && permit instanceof Exactly exactly) {
            return new Exactly(new Laid(made, exactly.outcome()), exactly.grade(), exactly.next());
        }
        return new Fitting(
                "fewer calls, where one may fail or do less",
                permit.grade(),
                outcome -> outcome instanceof Laid laid
                                && laid.calls() == made
                                && !laid.last().equals(complete)
                        ? permit.next(laid.last())
                        : Optional.empty());
    }

    private static Situation in(Situation on, FileState world) {
        return new Situation(on.target(), on.environment(), world, on.caches(), on.index());
    }
}
