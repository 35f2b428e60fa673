package io.untorn.conformance.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.conformance.judge.Judge;
import io.untorn.conformance.run.Simulated;
import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Specification;
import io.untorn.model.rules.Specifications;
import io.untorn.model.target.Target;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tells what may be published at once from what may not. */
final class SensitivityTest {
    private static final Operation READ = Read.plain(Access.DIRECT, 0, 4096);
    private static final Step FILLED = new Step(Write.plain(Access.DIRECT, 0, 4096), 0, 1, new Outcome.Returned(4096));

    @Test
    void foreignDataIsSensitiveInAFile() {
        Step foreign = read(new Origin.Foreign(0x1234));
        assertThat(of(Simulated.EXT4, List.of(FILLED, foreign), List.of())).isEqualTo(Sensitivity.FOREIGN_DATA);
        assertThat(of(Simulated.EXT4, List.of(FILLED, read(Origin.ZERO)), List.of()))
                .isEqualTo(Sensitivity.NONE);
        assertThat(of(Simulated.DEVICE, List.of(FILLED, foreign), List.of())).isEqualTo(Sensitivity.NONE);
    }

    @Test
    void aCrashIsSensitiveIfItTakesOnlyAWritableFile() {
        List<String> console = List.of("BUG: kernel NULL pointer dereference, address: 8", "Oops: 0000 [#1]");
        assertThat(of(Simulated.XFS, List.of(), console)).isEqualTo(Sensitivity.CRASH);
        assertThat(of(Simulated.DEVICE, List.of(), console)).isEqualTo(Sensitivity.NONE);
        assertThat(of(Simulated.XFS, List.of(FILLED, read(Origin.ZERO)), List.of("WARNING: fs/iomap/direct-io.c:1")))
                .isEqualTo(Sensitivity.NONE);
    }

    @Test
    void corruptedMemoryIsSensitiveEverywhere() {
        List<String> console = List.of("BUG: KASAN: slab-use-after-free in bio_put");
        assertThat(of(Simulated.DEVICE, List.of(FILLED, read(Origin.ZERO)), console))
                .isEqualTo(Sensitivity.MEMORY_CORRUPTION);
        assertThat(Sensitivity.MEMORY_CORRUPTION.warning()).contains("security-bugs.rst");
        assertThat(Sensitivity.NONE.warning()).isEmpty();
    }

    private static Step read(Origin origin) {
        Contents contents = new Contents.Builder(0).append(4096, origin).build();
        return new Step(READ, 2, 3, new Outcome.ReadBack(contents));
    }

    private static Sensitivity of(Target target, List<Step> steps, List<String> console) {
        Trace trace = new Trace(target, List.of(FILLED.operation(), READ));
        try (SimulatedKernel kernel = new SimulatedKernel(SimulatedMachine.linux("7.3.4"))) {
            History history = new History(trace, kernel.prepare(target), steps, List.of(), console);
            Specification specification =
                    Specifications.linux(history.environment().kernel(), target.kind());
            return Sensitivity.of(
                    Judge.judge(history, specification).violation().orElseThrow(), history);
        }
    }
}
