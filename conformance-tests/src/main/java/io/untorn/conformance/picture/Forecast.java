package io.untorn.conformance.picture;

import io.untorn.model.history.Environment;
import io.untorn.model.history.Errno;
import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Expectation.Exactly;
import io.untorn.model.rule.Expectation.Permit;
import io.untorn.model.rule.Expectation.Showing;
import io.untorn.model.rule.PageCaching;
import io.untorn.model.rule.Situation;
import io.untorn.model.rule.Specification;
import io.untorn.model.state.FileState;
import io.untorn.model.state.PageCaches;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Computes the history of a trace on a kernel that keeps the rules; if they permit several outcomes, the first. */
public final class Forecast {
    private static final List<Errno> REFUSALS =
            List.of(Errno.EINVAL, Errno.EOPNOTSUPP, Errno.EAGAIN, Errno.EFAULT, Errno.EFBIG, Errno.ENOSPC, Errno.EIO);

    private Forecast() {}

    /** Return the history, up to the first operation that the rules name no outcome for. */
    public static History of(Trace trace, Environment environment, Specification specification) {
        List<Step> steps = new ArrayList<>();
        Optional<FileState> state = Optional.of(FileState.pristine(environment));
        PageCaches cached = PageCaching.atStart(trace.target());
        for (Operation operation : trace.operations()) {
            int at = steps.size();
            Situation met = new Situation(trace.target(), environment, state.orElseThrow(), cached, at);
            List<Permit> permits =
                    specification.decide(operation, met).expectation().permits();
            Optional<Outcome> outcome = outcome(operation, met, specification);
            if (outcome.isEmpty()) {
                break;
            }
            Step step = new Step(operation, at, at, outcome.get());
            steps.add(step);
            cached = PageCaching.after(step, met);
            state = permits.stream()
                    .flatMap(permit -> permit.next(outcome.get()).stream())
                    .findFirst();
        }
        return new History(trace, environment, steps, List.of(), List.of());
    }

    private static Optional<Outcome> outcome(Operation operation, Situation met, Specification specification) {
        if (operation instanceof Batch batch) {
            return inTurn(batch, met, specification);
        }
        List<Permit> permits =
                specification.decide(operation, met).expectation().permits();
        return outcomes(operation, permits)
                .filter(possible -> isPermitted(possible, permits))
                .findFirst();
    }

    /** Return what the requests of a batch come to if they are done in their order; empty if the rules name no outcome. */
    private static Optional<Outcome> inTurn(Batch batch, Situation met, Specification specification) {
        List<Outcome> outcomes = new ArrayList<>();
        Situation on = met;
        for (Write request : batch.requests()) {
            Optional<Outcome> outcome = outcome(request, on, specification);
            if (outcome.isEmpty()) {
                return Optional.empty();
            }
            outcomes.add(outcome.get());
            FileState state = specification.decide(request, on).expectation().permits().stream()
                    .flatMap(permit -> permit.next(outcome.get()).stream())
                    .findFirst()
                    .orElseThrow();
            on = new Situation(met.target(), met.environment(), state, met.caches(), met.index());
        }
        return Optional.of(new Outcome.Each(outcomes));
    }

    private static boolean isPermitted(Outcome outcome, List<Permit> permits) {
        return permits.stream().anyMatch(permit -> permit.next(outcome).isPresent());
    }

    private static Stream<Outcome> outcomes(Operation operation, List<Permit> permits) {
        Stream<Outcome> named = permits.stream().flatMap(permit -> {
            if (permit instanceof Exactly exactly) {
                return Stream.of(exactly.outcome());
            }
            return permit instanceof Showing showing
                    ? Stream.of(new Outcome.ReadBack(showing.there()))
                    : Stream.empty();
        });
        Stream<Outcome> stored = operation.asWrite().map(write -> new Outcome.Returned(write.length())).stream()
                .map(Outcome.class::cast);
        Stream<Outcome> others = Stream.concat(
                Stream.of(Outcome.DONE, new Outcome.Mapped(List.of())),
                REFUSALS.stream().map(Outcome.Failed::new));
        return Stream.of(named, stored, others).flatMap(each -> each);
    }
}
