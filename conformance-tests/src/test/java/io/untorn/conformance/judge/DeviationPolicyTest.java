package io.untorn.conformance.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.vm.host.UntornException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeviationPolicyTest {
    private static final String ID = "xfs-stale-copy-after-atomic-write";

    @Test
    void aFixedDeviationIsNeitherToleratedNorKnown() {
        DeviationPolicy policy = new DeviationPolicy(false, Set.of(ID));

        List<KnownDeviation> rest = KnownDeviation.shipped().stream()
                .filter(deviation -> !deviation.id().equals(ID))
                .toList();
        assertThat(rest).hasSize(KnownDeviation.shipped().size() - 1);
        assertThat(policy.known()).isEqualTo(rest);
        assertThat(policy.tolerated()).isEqualTo(rest);
    }

    @Test
    void theOrderThatIdsAreGivenInDoesNotMatter() {
        List<String> ids = KnownDeviation.shipped().stream()
                .map(KnownDeviation::id)
                .sorted()
                .toList();

        assertThat(new DeviationPolicy(false, Set.copyOf(ids)).fixed()).containsExactlyElementsOf(ids);
    }

    @Test
    void strictRunsTolerateNothingAndKnowAll() {
        assertThat(DeviationPolicy.STRICT.tolerated()).isEmpty();
        assertThat(DeviationPolicy.STRICT.known()).isEqualTo(KnownDeviation.shipped());
    }

    @Test
    void anUnknownIdIsTheCallersMistake() {
        assertThatThrownBy(() -> new DeviationPolicy(false, Set.of("xfs-stale", ID)))
                .isInstanceOf(UntornException.class)
                .hasMessageStartingWith("no known deviation 'xfs-stale'; there are: atomic-write-cut-at-size-limit, ")
                .hasMessageContaining(ID);
    }
}
