package io.untorn.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.KernelVersion;
import io.untorn.model.Rule;
import io.untorn.model.Specification;
import io.untorn.model.TargetKind;
import io.untorn.model.Verdict.Violation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Holds what makes two violations the same finding. */
final class SignatureTest {
    private static final List<KnownDeviation> LIST = KnownDeviation.shipped();
    private static final Optional<KnownDeviation> ONE = Optional.of(LIST.get(0));
    private static final Optional<KnownDeviation> ANOTHER = Optional.of(LIST.get(1));

    @Test
    void numbersMakeNoDifference() {
        assertThat(of("offset-naturally-aligned", "returned 512", Optional.empty()))
                .isEqualTo(of("offset-naturally-aligned", "returned 4096", Optional.empty()))
                .isNotEqualTo(of("offset-naturally-aligned", "failed with EIO", Optional.empty()))
                .hasToString("Signature: `offset-naturally-aligned: returned N`");
    }

    @Test
    void oneKnownDeviationDoesNotHideAnotherThatBreaksTheSameRule() {
        Signature one = of("data-is-what-was-written-last", "bytes 0-7 are zero", ONE);

        assertThat(one)
                .isEqualTo(of("data-is-what-was-written-last", "bytes 8-15 are from operation 3", ONE))
                .isNotEqualTo(of("data-is-what-was-written-last", "bytes 0-7 are zero", ANOTHER))
                .hasToString("Signature: `data-is-what-was-written-last`, known as "
                        + LIST.get(0).id());
    }

    @Test
    void wrongDataMayTurnOutToBreakAnotherRuleButIsNotTakenForAKnownDeviation() {
        Signature unknown = of("data-is-what-was-written-last", "bytes 0-7 are zero", Optional.empty());

        assertThat(unknown.isLike(of("data-at-its-place", "bytes 0-7 are foreign", Optional.empty())))
                .isTrue();
        assertThat(unknown.isLike(of("data-is-what-was-written-last", "bytes 0-7 are zero", ONE)))
                .isFalse();
        assertThat(unknown.isLike(of("offset-naturally-aligned", "returned 512", Optional.empty())))
                .isFalse();
    }

    private static Signature of(String rule, String actual, Optional<KnownDeviation> deviation) {
        return Signature.of(new Violation(rule(rule), Optional.empty(), "something", actual, List.of()), deviation);
    }

    private static Rule rule(String id) {
        return Specification.linux(KernelVersion.newest(), TargetKind.XFS).rules().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
