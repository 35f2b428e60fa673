package io.untorn.conformance.judge;

import io.untorn.conformance.wording.ViolationWords;
import io.untorn.model.history.History;
import io.untorn.model.history.Trace;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.oracle.Verdict.Violation;
import io.untorn.model.rule.Rule;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reports that a kernel broke a rule. */
public final class NonconformanceError extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final transient Trace trace;
    private final transient History history;
    private final transient Verdict verdict;
    private final transient Violation violation;
    private final transient Map<Violation, KnownDeviation> deviations;

    private NonconformanceError(
            Trace trace,
            History history,
            Verdict verdict,
            Violation violation,
            Map<Violation, KnownDeviation> deviations) {
        super(message(violation));
        this.trace = trace;
        this.history = history;
        this.verdict = verdict;
        this.violation = violation;
        this.deviations = deviations;
    }

    private static String message(Violation violation) {
        ViolationWords words = ViolationWords.of(violation);
        return violation.rule().id() + ": expected " + words.expected() + ", but it " + words.actual();
    }

    /** Report the first violation that is none of some known deviations, or the first if all are. */
    public static NonconformanceError of(Trace trace, History history, Verdict verdict, List<KnownDeviation> known) {
        Map<Violation, KnownDeviation> deviations = of(verdict, known);
        return new NonconformanceError(
                trace,
                history,
                verdict,
                verdict.violations().stream()
                        .filter(violation -> !deviations.containsKey(violation))
                        .findFirst()
                        .orElse(verdict.violations().get(0)),
                deviations);
    }

    /** Return the violations that are some known deviations, in the verdict's order. */
    private static Map<Violation, KnownDeviation> of(Verdict verdict, List<KnownDeviation> some) {
        Map<Violation, KnownDeviation> deviations = new LinkedHashMap<>();
        for (Violation violation : verdict.violations()) {
            some.stream()
                    .filter(deviation ->
                            deviation.id().equals(verdict.deviations().get(violation)))
                    .forEach(deviation -> deviations.put(violation, deviation));
        }
        return deviations;
    }

    /** Return the first violation that is one of some known deviations. */
    public Optional<Violation> firstOf(List<KnownDeviation> some) {
        return of(verdict, some).keySet().stream().findFirst();
    }

    public Trace trace() {
        return trace;
    }

    public History history() {
        return history;
    }

    public Verdict verdict() {
        return verdict;
    }

    /** Return the violation that it reports. */
    public Violation violation() {
        return violation;
    }

    /** Return the signature of a violation. */
    public Signature signature(Violation one) {
        return Signature.of(one, Optional.ofNullable(deviations.get(one)));
    }

    /** Return the signature of the violation that it reports. */
    public Signature signature() {
        return signature(violation);
    }

    /** Return the known deviations that it shows, each once. */
    public Set<KnownDeviation> deviations() {
        return new LinkedHashSet<>(deviations.values());
    }

    /** Tell whether every operation was judged and right: only rules about the whole history are broken. */
    public boolean isFollowedToTheEnd() {
        return verdict.judged() == history.trace().operations().size()
                && verdict.violations().stream()
                        .allMatch(broken -> broken.rule().check() instanceof Rule.Inspection);
    }

    /** Tell whether it shows nothing but known deviations. */
    boolean isKnown() {
        return deviations.containsKey(violation);
    }

    /** Tell whether a policy tolerates it. */
    public boolean isToleratedBy(DeviationPolicy policy) {
        return !policy.strict() && isKnown();
    }
}
