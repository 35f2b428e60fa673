package io.untorn.model.oracle;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Operation;
import io.untorn.model.oracle.RuleCheck.Against;
import io.untorn.model.oracle.RuleCheck.Result;
import io.untorn.model.oracle.Verdict.Violation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about a {@link Verdict}. A failure says which rules were broken, by which step and how; of a verdict that
 * conforms, which rules were reached.
 *
 * <p>Example:
 *
 * <pre>{@code
 * // assertions pass
 * assertThat(aligned).conforms().reached("atomic-write-returns-its-length", 1);
 * assertThat(misaligned).breaks("offset-naturally-aligned").at(0);
 *
 * // assertion fails
 * assertThat(misaligned).of(trace).conforms();
 * }</pre>
 *
 * <p>It fails with:
 *
 * <pre>{@code
 * Expected a verdict that conforms, but it breaks:
 *   offset-naturally-aligned at step 0, atomic write of 2048 bytes at 1024
 *     Answered[expected=failed with EINVAL, outcome=returned 2048]
 * Of 1 judged operations, rules reached:
 *   every-operation-is-answered (1)
 *   offset-naturally-aligned (1)
 * }</pre>
 */
@SuppressWarnings("exports") // no module requires this one's tests
public final class VerdictAssert extends AbstractAssert<VerdictAssert, Verdict> {
    private List<Operation> operations = List.of();

    private VerdictAssert(Verdict actual) {
        super(actual, VerdictAssert.class);
    }

    /** Begin an assertion; imported beside AssertJ's own {@code assertThat}. */
    public static VerdictAssert assertThat(Verdict actual) {
        return new VerdictAssert(actual);
    }

    /** Name the operations of the trace that was judged in the messages of the assertions that follow. */
    public VerdictAssert of(Trace trace) {
        operations = trace.operations();
        return this;
    }

    /** Verify that no rule was broken. */
    public VerdictAssert conforms() {
        if (!actual.conforms()) {
            fail("Expected a verdict that conforms");
        }
        return this;
    }

    /** Verify that some rule was broken, whichever. */
    public VerdictAssert breaksAnyRule() {
        if (actual.conforms()) {
            fail("Expected a verdict that breaks some rule");
        }
        return this;
    }

    /** Verify that the rule of this id was broken first; others may be broken as well. */
    public VerdictAssert breaks(String rule) {
        if (!actual.violation().map(VerdictAssert::rule).equals(Optional.of(rule))) {
            fail("Expected a verdict that breaks " + rule + " first");
        }
        return this;
    }

    /** Verify that these rules were broken, in this order, and no others. */
    public VerdictAssert breaksExactly(String... rules) {
        if (!actual.violations().stream().map(VerdictAssert::rule).toList().equals(Arrays.asList(rules))) {
            fail("Expected a verdict that breaks " + String.join(", then ", rules) + ", and nothing else");
        }
        return this;
    }

    /** Verify that the first violation is by the operation at this place in the trace, from 0. */
    public VerdictAssert at(int step) {
        if (!actual.violation().flatMap(Violation::step).equals(Optional.of(step))) {
            fail("Expected a first violation at step " + step);
        }
        return this;
    }

    /** Verify that each of these rules was held against the history, once or more. */
    public VerdictAssert reached(String... rules) {
        for (String rule : rules) {
            if (!actual.reached().containsKey(rule)) {
                fail("Expected a verdict that reached " + rule);
            }
        }
        return this;
    }

    /** Verify that this rule was held against the history this many times. */
    public VerdictAssert reached(String rule, int times) {
        if (actual.reached().getOrDefault(rule, 0) != times) {
            fail("Expected a verdict that reached " + rule + " (" + times + ")");
        }
        return this;
    }

    /** Verify that none of these rules was held against the history. */
    public VerdictAssert reachedNone(String... rules) {
        for (String rule : rules) {
            if (actual.reached().containsKey(rule)) {
                fail("Expected a verdict that did not reach " + rule);
            }
        }
        return this;
    }

    /** Verify that one outcome was notable, once: this error, which this rule permits; and no other. */
    public VerdictAssert hasNotable(String rule, Errno errno) {
        RuleCheck check = new RuleCheck(rule, Against.FAILED, Optional.of(errno), Result.NOTABLE);
        if (!notable().equals(Map.of(check, 1))) {
            fail("Expected a verdict with " + check + " alone, not " + notable());
        }
        return this;
    }

    /** Verify that no outcome was notable. */
    public VerdictAssert hasNothingNotable() {
        if (!notable().isEmpty()) {
            fail("Expected a verdict with nothing notable, not " + notable());
        }
        return this;
    }

    private Map<RuleCheck, Integer> notable() {
        return actual.checks().entrySet().stream()
                .filter(check -> check.getKey().result() == Result.NOTABLE)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Verify how many operations were judged. */
    public VerdictAssert judged(int operations) {
        if (actual.judged() != operations) {
            fail("Expected a verdict on " + operations + " operations, not " + actual.judged());
        }
        return this;
    }

    private void fail(String expectation) {
        failWithMessage("%s, but it %s", expectation, actual.conforms() ? conforming() : breaking());
    }

    private String breaking() {
        return actual.violations().stream().map(this::described).collect(Collectors.joining("\n", "breaks:\n", "\n"))
                + reached();
    }

    private String conforming() {
        return "conforms.\n" + reached();
    }

    private String reached() {
        return new TreeMap<>(actual.reached())
                .entrySet().stream()
                        .map(VerdictAssert::counted)
                        .collect(Collectors.joining(
                                "\n  ", "Of " + actual.judged() + " judged operations, rules reached:\n  ", ""));
    }

    private static String counted(Map.Entry<String, Integer> rule) {
        return rule.getKey() + " (" + rule.getValue() + ")";
    }

    /** The one place that knows what a violation holds. */
    private String described(Violation violation) {
        return "  " + rule(violation) + violation.step().map(this::place).orElse(", by the history as a whole")
                + "\n    " + violation.actual();
    }

    private String place(int step) {
        return " at step " + step + (step < operations.size() ? ", " + operations.get(step) : "");
    }

    private static String rule(Violation violation) {
        return violation.rule().id();
    }
}
