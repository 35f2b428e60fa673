package io.untorn.conformance.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.conformance.generate.partition.Partition;
import io.untorn.conformance.judge.KnownDeviation;
import io.untorn.conformance.report.TextReport;
import io.untorn.conformance.run.Simulated;
import io.untorn.model.history.Environment;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Statx;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.rules.Specifications;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A known deviation that should have shown by now is told, and nothing else. */
final class OutdatedTest {
    private static final String ID = "xfs-direct-read-past-end-eio";
    private static final List<KnownDeviation> LIST = KnownDeviation.shipped().stream()
            .filter(deviation -> deviation.id().equals(ID))
            .toList();
    private static final int TRIES = (int) Outdated.OPERATIONS / 1000;

    @Test
    void isReportedIfItCouldHaveShownOften() {
        TargetResult result = result("7.3.4", TRIES, Map.of(ID, 1));

        assertThat(Outdated.of(List.of(result))).isEqualTo(LIST);
        assertThat(TextReport.table(List.of(result))).contains("known deviation not seen, though", ID);
    }

    @Test
    void isNotReportedIfItShowed() {
        TargetResult result = result("7.3.4", TRIES, Map.of(ID, 1));
        result.add(LIST.get(0));

        assertThat(Outdated.of(List.of(result))).isEmpty();
    }

    @Test
    void isNotReportedIfItShowedOnAnotherTarget() {
        TargetResult seen = result("7.3.4", TRIES, Map.of(ID, 1));
        seen.add(LIST.get(0));

        assertThat(Outdated.of(List.of(result("7.3.4", TRIES, Map.of(ID, 1)), seen)))
                .isEmpty();
    }

    @Test
    void isNotReportedIfItCouldSeldomHaveShown() {
        assertThat(Outdated.of(List.of(result("7.3.4", TRIES - 1, Map.of(ID, 2)))))
                .isEmpty();
        assertThat(Outdated.of(List.of(result("7.3.4", TRIES, Map.of("no-such-deviation", 9)))))
                .isEmpty();
    }

    @Test
    void isNotReportedOnAKernelThatItIsNotKnownOn() {
        assertThat(Outdated.of(List.of(result("6.12.117", TRIES, Map.of(ID, 1)))))
                .isEmpty();
    }

    /** Return what counts a number of traces of 1000 operations, in each of which deviations could have shown. */
    private static TargetResult result(String release, int tries, Map<String, Integer> met) {
        try (SimulatedKernel kernel = new SimulatedKernel(SimulatedMachine.linux(release))) {
            Environment environment = kernel.prepare(Simulated.XFS);
            TargetResult result = new TargetResult(
                    Partition.OF_ATOMIC_WRITES,
                    Simulated.XFS,
                    environment,
                    Specifications.linux(environment.kernel(), Simulated.XFS.kind()),
                    Set.of(),
                    Map.of(),
                    Optional.empty(),
                    LIST);
            Trace trace = new Trace(Simulated.XFS, Collections.<Operation>nCopies(1000, new Statx()));
            for (int i = 0; i < tries; i++) {
                result.add(
                        trace, new Verdict(List.of(), Map.of(), met, Map.of(), 1000, Collections.emptySortedSet()), 1);
            }
            return result;
        }
    }
}
