package io.untorn.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.simulated.SimulatedFault;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class LimitsReportTest {
    @ParameterizedTest
    @CsvSource({
        "7.3.4, atomic_wr=1 atomic_wr_max_length=128",
        "6.16.12, atomic_wr=1",
        "6.12.117, atomic_wr=1 atomic_wr_max_length=128 atomic_wr_max_length_bndry=128"
    })
    void equalValuesHaveNoMark(String release, String parameters) {
        LimitsReport report = report(new SimulatedKernel(SimulatedMachine.linux(release)), parameters);

        assertThat(report.differences()).isZero();
        assertThat(report.toString()).doesNotContain("!").contains("stx_atomic_write_unit_max_opt");
    }

    @ParameterizedTest
    @MethodSource("targets")
    void differingValuesAreMarked(String target) {
        LimitsReport report = report(
                new SimulatedKernel(SimulatedMachine.linux("7.3.4").with(SimulatedFault.STATX_MAX_DOUBLED)),
                "atomic_wr=1");

        assertThat(report.differences()).isEqualTo(targets().size());
        assertThat(report.toString().lines().filter(line -> line.contains("!")))
                .anyMatch(line -> line.startsWith(target + " ") && line.contains("stx_atomic_write_unit_max"));
    }

    static List<String> targets() {
        return TargetMatrix.load().targets().stream()
                .map(TargetMatrix.Entry::name)
                .toList();
    }

    private static LimitsReport report(SimulatedKernel kernel, String parameters) {
        LimitsReport report = new LimitsReport(parameters);
        for (TargetMatrix.Entry entry : TargetMatrix.load().targets()) {
            report.add(entry.target(), kernel.prepare(entry.target()));
        }
        return report;
    }
}
