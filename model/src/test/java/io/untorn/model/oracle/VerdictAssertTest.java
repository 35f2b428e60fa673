package io.untorn.model.oracle;

import static io.untorn.model.oracle.VerdictAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Actual;
import io.untorn.model.rule.Rule;
import io.untorn.model.rules.Specifications;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.TargetKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds what an assertion about a verdict says when it fails. */
final class VerdictAssertTest {
    private static final Write ALIGNED = Write.atomic(2048, 2048);
    private static final Write MISALIGNED = Write.atomic(1024, 2048);
    private static final Verdict CONFORMS = judge(ALIGNED);
    private static final Verdict BREAKS = judge(MISALIGNED);

    @Test
    void passesWhereTheVerdictIsAsExpected() {
        assertThat(CONFORMS)
                .conforms()
                .reached("atomic-write-returns-its-length")
                .reached("atomic-write-returns-its-length", 1)
                .reachedNone("offset-naturally-aligned", "length-power-of-two")
                .hasNothingNotable()
                .judged(1);
        assertThat(BREAKS)
                .breaksAnyRule()
                .breaks("offset-naturally-aligned")
                .at(0)
                .breaksExactly("offset-naturally-aligned");
    }

    @Test
    void namesTheRuleTheStepAndTheOperation() {
        assertFails(
                () -> assertThat(BREAKS).of(trace(MISALIGNED)).conforms(),
                """
                Expected a verdict that conforms, but it breaks:
                  offset-naturally-aligned at step 0, atomic write of 2048 bytes at 1024
                    Answered[expected=failed with EINVAL, outcome=returned 2048]
                """
                        + reached("offset-naturally-aligned"));
    }

    @Test
    void namesTheRulesThatAConformingVerdictReached() {
        assertFails(
                () -> assertThat(CONFORMS).breaks("offset-naturally-aligned"),
                """
                Expected a verdict that breaks offset-naturally-aligned first, but it conforms.
                """
                        + reached("atomic-write-returns-its-length"));
    }

    @Test
    void saysThatTheWholeHistoryBreaksARule() {
        Verdict splat = new Verdict(
                List.of(new Verdict.Violation(
                        rule("no-splat"), Optional.empty(), new Actual.Stopped(2, 1, Optional.of("panic")))),
                Map.of(RuleCheck.againstHistory(rule("no-splat"), RuleCheck.Result.BROKEN), 1),
                0);

        assertFails(
                () -> assertThat(splat).at(0),
                """
                Expected a first violation at step 0, but it breaks:
                  no-splat, by the history as a whole
                    Stopped[operations=2, after=1, function=Optional[panic]]
                Of 0 judged operations, rules reached:
                  no-splat (1)""");
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                failure(() -> assertThat(BREAKS).breaks("no-splat"), "breaks no-splat first, but it breaks:"),
                failure(() -> assertThat(BREAKS).at(1), "at step 1, but it breaks:"),
                failure(
                        () -> assertThat(BREAKS).breaksExactly("offset-naturally-aligned", "no-splat"),
                        "breaks offset-naturally-aligned, then no-splat, and nothing else"),
                failure(() -> assertThat(CONFORMS).breaksAnyRule(), "breaks some rule, but it conforms."),
                failure(() -> assertThat(CONFORMS).at(0), "at step 0, but it conforms."),
                failure(() -> assertThat(CONFORMS).reached("no-splat", "direct-io-only"), "reached direct-io-only"),
                failure(() -> assertThat(CONFORMS).reached("no-splat", 2), "reached no-splat (2)"),
                failure(() -> assertThat(CONFORMS).reachedNone("direct-io-only", "no-splat"), "did not reach no-splat"),
                failure(
                        () -> assertThat(CONFORMS).hasNotable("no-splat", Errno.EAGAIN),
                        "result=NOTABLE] alone, not {}"),
                failure(() -> assertThat(CONFORMS).judged(2), "on 2 operations, not 1"),
                failure(() -> assertThat(CONFORMS).as("100 %").judged(2), "[100 %] "));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void eachSaysWhatItExpected(ThrowingCallable assertion, String message) {
        assertThatThrownBy(assertion)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message)
                .hasMessageContaining("judged operations, rules reached:");
    }

    private static Arguments failure(ThrowingCallable assertion, String message) {
        return Arguments.of(assertion, message);
    }

    private static String reached(String rule) {
        return Stream.of(
                        rule,
                        "every-operation-is-answered",
                        "limits-in-order",
                        "no-splat",
                        "queue-limits-follow-disk",
                        "statx-agrees-with-queue",
                        "statx-masks-tell-who-answers")
                .sorted()
                .map(id -> "\n  " + id + " (1)")
                .collect(Collectors.joining("", "Of 1 judged operations, rules reached:", ""));
    }

    private static Rule rule(String id) {
        return Specifications.linux(KernelVersion.newest(), TargetKind.BLOCK_DEVICE).rules().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static void assertFails(ThrowingCallable assertion, String message) {
        assertThatThrownBy(assertion).isInstanceOf(AssertionError.class).hasMessage(message);
    }

    private static Trace trace(Write write) {
        return new Trace(Histories.DEVICE, List.of(write));
    }

    private static Verdict judge(Write write) {
        return Histories.judge("7.3.4", Histories.DEVICE, List.of(), write, new Outcome.Returned(2048));
    }
}
