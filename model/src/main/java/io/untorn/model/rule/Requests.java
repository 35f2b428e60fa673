package io.untorn.model.rule;

import io.untorn.model.contents.TooManyWorldsException;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Outcome.Each;
import io.untorn.model.history.Step;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Expectation.Exactly;
import io.untorn.model.rule.Expectation.InTurn;
import io.untorn.model.rule.Expectation.Permit;
import io.untorn.model.state.FileState;
import io.untorn.model.state.PageCaches;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A batch as its requests, one after another in some order: each may answer what it may alone, in the world that those before
 * it left. Pages that one of them may bring into the page cache, any other may meet.
 */
public final class Requests {
    private final Batch batch;
    private final List<Write> requests;
    private final Situation on;
    private final PageCaches caches;
    private final Specification specification;
    private final boolean anyOrder;

    private Requests(Batch batch, Situation on, Specification specification) {
        this.batch = batch;
        this.on = on;
        this.specification = specification;
        requests = batch.requests();
        caches = PageCaching.during(batch, on);
        anyOrder = !areApart();
    }

    /** Return what a batch may come to. */
    static Expectation expectation(Batch batch, Situation on, Specification specification) {
        return new Requests(batch, on, specification).expectation();
    }

    /** A request as it went, and what it met. */
    public record Met(Step step, Situation on) {}

    /** Decides what becomes of a request that nothing permits; empty if it can't be. */
    @FunctionalInterface
    public interface Otherwise {
        Optional<FileState> after(Step step, Situation on, Specification.Decision decision);
    }

    /** Return the requests of a batch, in the order of the batch, each in the first of the worlds that those before it may have left. */
    public static List<Met> made(Step step, Batch batch, Situation on, Specification specification) {
        return new Requests(batch, on, specification).made(step);
    }

    /**
     * Return the world after a batch if what nothing permits is something else; empty if there is no order in which that
     * explains all. In the batch's own order first.
     */
    public static Optional<FileState> otherwise(
            Step step, Batch batch, Situation on, Specification specification, Otherwise otherwise) {
        Requests asked = new Requests(batch, on, specification);
        return asked.isAnswered(step.outcome())
                ? asked.otherwise(step, on.state(), Set.of(), otherwise)
                : Optional.empty();
    }

    private boolean isAnswered(Outcome outcome) {
        return outcome instanceof Each each && each.requests().size() == requests.size();
    }

    private List<Met> made(Step step) {
        List<Met> made = new ArrayList<>();
        FileState world = on.state();
        for (int i = 0; i < requests.size(); i++) {
            Step alone = alone(step, i);
            Situation met = in(world);
            made.add(new Met(alone, met));
            world = decide(i, world).expectation().permits().stream()
                    .flatMap(permit -> permit.worlds(alone.outcome()))
                    .findFirst()
                    .orElse(world);
        }
        return made;
    }

    private Step alone(Step step, int request) {
        return new Step(
                requests.get(request), step.invoked(), step.returned(), step.outcomeOf(request), step.repeats());
    }

    private Optional<FileState> otherwise(Step step, FileState world, Set<Integer> done, Otherwise otherwise) {
        if (done.size() == requests.size()) {
            return Optional.of(world);
        }
        for (int i = 0; i < requests.size(); i++) {
            if (done.contains(i)) {
                continue;
            }
            Step alone = alone(step, i);
            Specification.Decision decision = decide(i, world);
            Optional<FileState> after = decision.expectation().permits().stream()
                    .flatMap(permit -> permit.worlds(alone.outcome()))
                    .findFirst()
                    .or(() -> otherwise.after(alone, in(world), decision));
            Set<Integer> with = new LinkedHashSet<>(done);
            with.add(i);
            Optional<FileState> last = after.flatMap(next -> otherwise(step, next, with, otherwise));
            if (last.isPresent() || !anyOrder) {
                return last;
            }
        }
        return Optional.empty();
    }

    private Expectation expectation() {
        return only().orElseGet(() -> {
            String words = words();
            return new Expectation(List.of(
                    new InTurn(words, Grade.ALLOWED, outcome -> after(outcome, Grade.ALLOWED)),
                    new InTurn(words, Grade.NOTABLE, outcome -> after(outcome, Grade.NOTABLE))));
        });
    }

    private String words() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            words.add(decide(i, on.state()).expectation().toString());
        }
        return "each " + String.join("; ", words) + ", in some order";
    }

    /** Return what is required, if nothing but one outcome is possible, whatever the order. */
    private Optional<Expectation> only() {
        Map<Integer, Outcome> outcomes = new TreeMap<>();
        Map<Integer, Set<FileState>> reached = new LinkedHashMap<>();
        reached.put(0, Set.of(on.state()));
        for (int done = 0; done < all(); done++) {
            for (FileState world : reached.getOrDefault(done, Set.of())) {
                for (int i : next(done)) {
                    List<Permit> permits = decide(i, world).expectation().permits();
                    if (permits.size() != 1
                            || !(permits.get(0) instanceof Exactly exactly)
                            || !outcomes.merge(i, exactly.outcome(), (known, other) -> known)
                                    .equals(exactly.outcome())) {
                        return Optional.empty();
                    }
                    reached.computeIfAbsent(done | 1 << i, key -> new LinkedHashSet<>())
                            .add(exactly.next());
                }
            }
        }
        Set<FileState> last = settled(reached.get(all()));
        return last.size() == 1
                ? Optional.of(Expectation.required(
                        new Each(List.copyOf(outcomes.values())),
                        last.iterator().next()))
                : Optional.empty();
    }

    /**
     * Return the worlds that an outcome may lead to: those that are reached with nothing notable, or those that are reached
     * with it alone.
     */
    private Set<FileState> after(Outcome outcome, Grade grade) {
        if (!isAnswered(outcome)) {
            return Set.of();
        }
        List<Outcome> each = ((Each) outcome).requests();
        Map<Integer, Map<FileState, Grade>> reached = new LinkedHashMap<>();
        reached.put(0, Map.of(on.state(), Grade.ALLOWED));
        for (int done = 0; done < all(); done++) {
            for (Map.Entry<FileState, Grade> before :
                    reached.getOrDefault(done, Map.of()).entrySet()) {
                for (int i : next(done)) {
                    Map<FileState, Grade> after = reached.computeIfAbsent(done | 1 << i, key -> new LinkedHashMap<>());
                    for (Permit permit :
                            decide(i, before.getKey()).expectation().permits()) {
                        Grade found = permit.grade() == Grade.NOTABLE ? Grade.NOTABLE : before.getValue();
                        permit.worlds(each.get(i)).forEach(world -> after.merge(world, found, Requests::lesser));
                    }
                    if (after.size() > FileState.MAX_WORLDS) {
                        throw new TooManyWorldsException("in " + batch + " more than " + FileState.MAX_WORLDS
                                + " states of the target are possible");
                    }
                }
            }
        }
        Set<FileState> worlds = new LinkedHashSet<>();
        reached.getOrDefault(all(), Map.of()).forEach((world, found) -> {
            if (found == grade) {
                worlds.add(world);
            }
        });
        return settled(worlds);
    }

    private static Grade lesser(Grade one, Grade other) {
        return one == Grade.NOTABLE ? other : one;
    }

    /** Which of them is done last, and so where its data lies alone, is not known. */
    private static Set<FileState> settled(Set<FileState> worlds) {
        Set<FileState> settled = new LinkedHashSet<>();
        worlds.forEach(world -> settled.add(world.placesUnknown()));
        return settled;
    }

    private int all() {
        return (1 << requests.size()) - 1;
    }

    /** Return which may be done next, after some, which are bits. */
    private List<Integer> next(int done) {
        List<Integer> open = IntStream.range(0, requests.size())
                .filter(i -> (done & 1 << i) == 0)
                .boxed()
                .toList();
        return anyOrder ? open : open.subList(0, 1);
    }

    private Specification.Decision decide(int request, FileState world) {
        return specification.decide(requests.get(request), in(world));
    }

    private Situation in(FileState world) {
        return new Situation(on.target(), on.environment(), world, caches, on.index());
    }

    /** Tell whether no request can matter to another, so that every order comes to the same. */
    private boolean areApart() {
        if (on.isSpaceScarce()) {
            return false;
        }
        for (Write request : requests) {
            boolean inside = !on.appends(request) && request.offset() + request.length() <= on.size();
            boolean alone =
                    requests.stream().filter(other -> areClose(request, other)).count() == 1;
            if (!inside || !alone) {
                return false;
            }
        }
        return true;
    }

    private boolean areClose(Write one, Write other) {
        long unit = Math.max(on.target().allocationUnit(), Buffer.PAGE);
        return one.offset() / unit <= (other.offset() + other.length()) / unit
                && other.offset() / unit <= (one.offset() + one.length()) / unit;
    }
}
