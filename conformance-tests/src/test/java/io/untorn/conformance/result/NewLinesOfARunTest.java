package io.untorn.conformance.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.conformance.generate.partition.Partition;
import io.untorn.conformance.report.TextReport;
import io.untorn.conformance.run.Simulated;
import io.untorn.model.history.Environment;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Statx;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.rules.Specifications;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Lines that the kit does not know are told once in a run, with how often they came. */
final class NewLinesOfARunTest {
    private static final Trace TRACE = new Trace(Simulated.XFS, List.of(new Statx()));

    private static TargetResult empty() {
        try (SimulatedKernel kernel = new SimulatedKernel(SimulatedMachine.linux("7.3.4"))) {
            Environment environment = kernel.prepare(Simulated.XFS);
            return new TargetResult(
                    Partition.OF_ATOMIC_WRITES,
                    Simulated.XFS,
                    environment,
                    Specifications.linux(environment.kernel(), Simulated.XFS.kind()),
                    Set.of(),
                    Map.of(),
                    Optional.empty(),
                    List.of());
        }
    }

    private static void print(TargetResult result, String... lines) {
        result.add(TRACE, new Verdict(List.of(), Map.of(), Map.of(), Map.of(), 1, new TreeSet<>(List.of(lines))), 1);
    }

    @Test
    void eachIsToldOnceAndAddedUp() {
        TargetResult first = empty();
        print(first, "quux DEV: N");
        print(first, "quux DEV: N", "foo");
        TargetResult second = empty();
        print(second, "foo");
        TargetResult joined = first.joined(second);

        assertThat(joined.newLines()).containsExactly(Map.entry("foo", 2), Map.entry("quux DEV: N", 2));
        assertThat(TextReport.table(List.of(joined)))
                .containsOnlyOnce("note: xfs, 2 times: the kernel printed a line that the kit does not know: foo\n")
                .containsOnlyOnce("a line that the kit does not know: quux DEV: N\n");
    }

    @Test
    void aFloodOfDifferentOnesIsCountedTogether() {
        TargetResult result = empty();
        for (int i = 0; i < TargetResult.MOST_NEW_LINES + 7; i++) {
            print(result, "line " + Integer.toString(i, Character.MAX_RADIX));
        }
        assertThat(result.newLines())
                .hasSize(TargetResult.MOST_NEW_LINES + 1)
                .containsEntry(TargetResult.FURTHER_LINES, 7);
        result.restore(empty().counts());
        assertThat(result.newLines()).isEmpty();
    }
}
