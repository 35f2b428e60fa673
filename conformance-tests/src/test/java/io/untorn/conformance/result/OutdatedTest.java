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
import io.untorn.model.oracle.RuleCheck;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.rules.Specifications;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import java.util.Collections;
import java.util.HashMap;
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
    private static final String RULE = LIST.get(0).rules().iterator().next();
    private static final int TRIES = (int) Outdated.OPERATIONS / 1000;

    @Test
    void isReportedIfItsRulesWereReachedOften() {
        TargetResult result = result("7.3.4", TRIES, Map.of(RULE, 1));

        assertThat(Outdated.of(List.of(result))).isEqualTo(LIST);
        assertThat(TextReport.table(List.of(result))).contains("known deviation not seen, though", ID);
    }

    @Test
    void isNotReportedIfItShowed() {
        TargetResult result = result("7.3.4", TRIES, Map.of(RULE, 1));
        result.add(LIST.get(0));

        assertThat(Outdated.of(List.of(result))).isEmpty();
    }

    @Test
    void isNotReportedIfItShowedOnAnotherTarget() {
        TargetResult seen = result("7.3.4", TRIES, Map.of(RULE, 1));
        seen.add(LIST.get(0));

        assertThat(Outdated.of(List.of(result("7.3.4", TRIES, Map.of(RULE, 1)), seen)))
                .isEmpty();
    }

    @Test
    void isNotReportedAfterTooFewOperations() {
        assertThat(Outdated.of(List.of(result("7.3.4", TRIES - 1, Map.of(RULE, 2)))))
                .isEmpty();
        assertThat(Outdated.of(List.of(result("7.3.4", TRIES, Map.of("statx-tells-size-and-limits", 9)))))
                .isEmpty();
    }

    @Test
    void isNotReportedOnAKernelThatItIsNotKnownOn() {
        assertThat(Outdated.of(List.of(result("6.12.117", TRIES, Map.of(RULE, 1)))))
                .isEmpty();
    }

    /** Return what counts a number of traces of 1000 operations, each of which reached some rules. */
    private static TargetResult result(String release, int tries, Map<String, Integer> reached) {
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
            Map<RuleCheck, Integer> checks = new HashMap<>();
            reached.forEach((rule, count) -> checks.put(
                    new RuleCheck(rule, RuleCheck.Against.RETURNED, Optional.empty(), RuleCheck.Result.REQUIRED),
                    count));
            for (int i = 0; i < tries; i++) {
                result.add(trace, new Verdict(List.of(), checks, 1000), 1);
            }
            return result;
        }
    }
}
