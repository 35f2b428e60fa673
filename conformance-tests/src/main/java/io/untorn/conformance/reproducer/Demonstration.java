package io.untorn.conformance.reproducer;

import io.untorn.conformance.judge.Judge;
import io.untorn.conformance.wording.ViolationWords;
import io.untorn.model.history.History;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.PowerCut;
import io.untorn.model.oracle.Verdict.Violation;
import io.untorn.model.rule.Actual;
import io.untorn.model.rule.Expectation;
import io.untorn.model.rule.Specification;
import io.untorn.model.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a program must do, and look at, to show that a kernel breaks a rule.
 *
 * @param subject what is wrong, in a line
 * @param violation the rule that is broken, and how
 * @param history where it was seen: the kernel, the limits that it reported, its log
 * @param symptom how it shows
 * @param steps what to do, in order; if a result shows the fault, it is that of the last
 */
public record Demonstration(
        String subject, Violation violation, History history, Symptom symptom, List<ReproducerStep> steps) {
    public Demonstration {
        steps = List.copyOf(steps);
    }

    /**
     * Return what shows a violation; empty if a program can't show it, because it can't cut the power.
     *
     * @param trace what was done, without the reading back
     * @param history what was seen, with that
     * @param specification what it was judged by
     */
    public static Optional<Demonstration> of(
            String subject, Trace trace, History history, Violation violation, Specification specification) {
        if (trace.operations().stream().anyMatch(PowerCut.class::isInstance)) {
            return Optional.empty();
        }
        Symptom symptom = symptom(violation.actual());
        return Optional.of(new Demonstration(
                subject, violation, history, symptom, steps(trace, history, violation, specification, symptom)));
    }

    private static Symptom symptom(Actual actual) {
        if (actual instanceof Actual.Complained) {
            return Symptom.COMPLAINT;
        }
        if (actual instanceof Actual.Stopped) {
            return Symptom.CRASH;
        }
        return actual instanceof Actual.LimitsDiffer ? Symptom.LIMITS : Symptom.ANSWER;
    }

    private static List<ReproducerStep> steps(
            Trace trace, History history, Violation violation, Specification specification, Symptom symptom) {
        if (symptom == Symptom.LIMITS) {
            return List.of();
        }
        int count =
                violation.step().map(last -> last + 1).orElse(trace.operations().size());
        List<Operation> operations = history.trace().operations();
        List<Expectation> expectations = expectations(history, specification);
        List<ReproducerStep> steps = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Expected expected = Expected.answer();
            if (i < expectations.size()) {
                Step seen = history.steps().get(i);
                boolean broken = symptom == Symptom.ANSWER
                        && violation.step().filter(Integer.valueOf(i)::equals).isPresent();
                expected = broken
                        ? Expected.missed(expectations.get(i), seen.outcome())
                        : Expected.met(expectations.get(i), seen.outcome());
            }
            steps.add(new ReproducerStep(i + 1, operations.get(i), expected));
        }
        return steps;
    }

    private static List<Expectation> expectations(History history, Specification specification) {
        List<Expectation> expectations = new ArrayList<>();
        Judge.oracle(specification)
                .judge(
                        history,
                        (operation, on) -> expectations.add(
                                specification.decide(operation, on).expectation()));
        return expectations;
    }

    /**
     * Return the function that a complaint of the kernel names, {@code ext4_iomap_begin+} for example; empty if it names
     * none.
     */
    String complainer() {
        return violation.actual() instanceof Actual.Complained complained
                ? complained
                        .splat()
                        .place()
                        .map(place -> place.function() + "+")
                        .orElse("")
                : "";
    }

    /** Return the violation in words. */
    ViolationWords words() {
        return ViolationWords.of(violation);
    }

    /** Return where the steps run. */
    public Target target() {
        return history.trace().target();
    }

    /** Tell whether the disk and the file system must support atomic writes. */
    boolean needsAtomicWrites() {
        return history.environment().limits().supported();
    }
}
