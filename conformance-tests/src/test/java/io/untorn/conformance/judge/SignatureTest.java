package io.untorn.conformance.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.conformance.report.SignatureLine;
import io.untorn.model.console.Splat;
import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.oracle.Verdict.Violation;
import io.untorn.model.rule.Actual;
import io.untorn.model.rule.DataFault;
import io.untorn.model.rule.Expectation;
import io.untorn.model.rule.Rule;
import io.untorn.model.rules.Specifications;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.TargetKind;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;

/** Holds what makes two violations the same finding. */
final class SignatureTest {
    private static final List<KnownDeviation> LIST = KnownDeviation.shipped();
    private static final Optional<KnownDeviation> ONE = Optional.of(LIST.get(0));
    private static final Optional<KnownDeviation> ANOTHER = Optional.of(LIST.get(1));

    @Test
    void numbersMakeNoDifference() {
        assertThat(of("offset-naturally-aligned", returned(512)))
                .isEqualTo(of("offset-naturally-aligned", returned(4096)))
                .isNotEqualTo(of("offset-naturally-aligned", answered(new Outcome.Failed(Errno.EIO))));
        assertThat(SignatureLine.of(of("offset-naturally-aligned", returned(512))))
                .isEqualTo("Signature: `offset-naturally-aligned: returned N`");
    }

    @Test
    void complaintsDifferByTheirFunctions() {
        Signature one = of("no-splat", warning("fs/iomap/direct-io.c:302 at iomap_dio_bio_iter+0x1/0x2"));

        assertThat(one)
                .isEqualTo(of("no-splat", warning("fs/iomap/direct-io.c:465 at iomap_dio_bio_iter+0x4dc/0x520")))
                .isNotEqualTo(of("no-splat", warning("fs/iomap/direct-io.c:302 at iomap_dio_done+0x1/0x2")));
        assertThat(SignatureLine.of(one))
                .isEqualTo(
                        "Signature: `no-splat: WARNING: fs/iomap/direct-io.c:N at iomap_dio_bio_iter+N/N, CPU#N: java/N`");
    }

    @Test
    void deviationsThatBreakTheSameRuleDiffer() {
        Signature one = Signature.of(violation("data-is-what-was-written-last", zeros(0)), ONE);

        assertThat(one)
                .isEqualTo(Signature.of(violation("data-is-what-was-written-last", zeros(8)), ONE))
                .isNotEqualTo(Signature.of(violation("data-is-what-was-written-last", zeros(0)), ANOTHER));
        assertThat(SignatureLine.of(one))
                .isEqualTo("Signature: `data-is-what-was-written-last`, known as "
                        + LIST.get(0).id());
    }

    @Test
    void wrongDataIsLikeOtherWrongDataUnlessKnown() {
        Signature unknown = of("data-is-what-was-written-last", zeros(0));

        assertThat(unknown)
                .is(like(of("data-at-its-place", zeros(8))))
                .isNot(like(Signature.of(violation("data-is-what-was-written-last", zeros(0)), ONE)))
                .isNot(like(of("offset-naturally-aligned", returned(512))));
    }

    @Test
    void knownOrNotAViolationHasOneSignature() {
        Violation violation = violation("data-is-what-was-written-last", zeros(0));

        assertThat(Signature.of(violation, ONE).isOf(violation))
                .as("the signature of a known violation is of it")
                .isTrue();
        assertThat(of("data-at-its-place", zeros(0)).isOf(violation))
                .as("the signature of another rule is of it")
                .isFalse();
    }

    private static Condition<Signature> like(Signature other) {
        return new Condition<>(signature -> signature.isLike(other), "like %s", other);
    }

    private static Signature of(String rule, Actual actual) {
        return Signature.of(violation(rule, actual), Optional.empty());
    }

    private static Violation violation(String rule, Actual actual) {
        return new Violation(rule(rule), Optional.empty(), actual);
    }

    private static Actual returned(long value) {
        return answered(new Outcome.Returned(value));
    }

    private static Actual answered(Outcome outcome) {
        return new Actual.Answered(
                Expectation.anyOf(Expectation.fitting("something", other -> Optional.empty())), outcome);
    }

    private static Actual zeros(long offset) {
        return new Actual.WrongData(
                DataFault.WRONG, List.of(new Contents.Difference(offset, 8, new Origin.Written(0, 0), Origin.ZERO)));
    }

    private static Actual warning(String where) {
        return new Actual.Complained(Splat.in(List.of("[    1.0] WARNING: " + where + ", CPU#0: java/93"))
                .get(0));
    }

    private static Rule rule(String id) {
        return Specifications.linux(KernelVersion.newest(), TargetKind.XFS).rules().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
