package io.untorn.conformance;

import io.untorn.model.History;
import io.untorn.model.Rule;
import io.untorn.model.Specification;
import io.untorn.model.Trace;
import io.untorn.model.Verdict;
import io.untorn.model.Verdict.Violation;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Tells that a kernel broke a rule. */
final class NonconformanceError extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final transient Trace trace;
    private final transient History history;
    private final transient Verdict verdict;
    private final transient Aftermath aftermath;
    private final transient Violation violation;
    private final transient List<KnownDeviation> deviations;

    private NonconformanceError(
            Trace trace,
            History history,
            Verdict verdict,
            Aftermath aftermath,
            Violation violation,
            List<KnownDeviation> deviations) {
        super(violation.rule().id() + ": expected " + violation.expected() + ", but it " + violation.actual());
        this.trace = trace;
        this.history = history;
        this.verdict = verdict;
        this.aftermath = aftermath;
        this.violation = violation;
        this.deviations = deviations;
    }

    /** Tell of the first violation that is not known, or of the first if all are. */
    static NonconformanceError of(
            Trace trace, History history, Verdict verdict, Specification specification, List<KnownDeviation> known) {
        List<Violation> violations = verdict.violations();
        Aftermath aftermath = Aftermath.of(history, specification);
        Predicate<Violation> isKnown = violation ->
                KnownDeviation.of(violation, history, verdict, aftermath, known).isPresent();
        return new NonconformanceError(
                trace,
                history,
                verdict,
                aftermath,
                violations.stream().filter(isKnown.negate()).findFirst().orElse(violations.get(0)),
                violations.stream()
                        .flatMap(violation -> KnownDeviation.of(violation, history, verdict, aftermath, known).stream())
                        .toList());
    }

    /** Return the first violation that is one of some known deviations. */
    Optional<Violation> firstOf(List<KnownDeviation> some) {
        return verdict.violations().stream()
                .filter(one -> KnownDeviation.of(one, history, verdict, aftermath, some)
                        .isPresent())
                .findFirst();
    }

    Trace trace() {
        return trace;
    }

    History history() {
        return history;
    }

    Verdict verdict() {
        return verdict;
    }

    /** Return what is told of it. */
    Violation violation() {
        return violation;
    }

    /** Return the known deviations that it shows. */
    List<KnownDeviation> deviations() {
        return deviations;
    }

    /** Tell whether every operation was answered, and judged to be right: what was broken is the whole. */
    boolean isFollowedToTheEnd() {
        return verdict.judged() == history.trace().operations().size()
                && verdict.violations().stream()
                        .allMatch(broken -> broken.rule().check() instanceof Rule.Inspection);
    }

    /** Tell whether it shows nothing else. */
    boolean isKnown() {
        return deviations.size() == verdict.violations().size();
    }
}
