package io.untorn.conformance.shrink;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.conformance.judge.Judge;
import io.untorn.conformance.run.Simulated;
import io.untorn.model.history.Environment;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.LimitFileSize;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Reopen;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Verdict.Violation;
import io.untorn.model.rules.Specifications;
import io.untorn.model.target.Target;
import io.untorn.simulated.SimulatedFault;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the model says can matter, of traces that show faults of a simulated kernel. */
final class RelevanceTest {
    private static final Write NEAR = Write.plain(Access.DIRECT, 4096, 4096);
    private static final Write FAR = Write.plain(Access.DIRECT, 1 << 20, 4096);
    private static final Reopen OPENED = new Reopen(OpenMode.READ_WRITE);
    private static final Truncate SIZED = new Truncate(2 << 20);

    @Test
    void nothingAfterTheOperationThatShowsIt() {
        Write misaligned = Write.atomic(2048, 4096);

        assertThat(guesses(
                        SimulatedFault.MISALIGNED_OFFSET_ACCEPTED,
                        Simulated.XFS,
                        OPENED,
                        FAR,
                        NEAR,
                        SIZED,
                        misaligned,
                        new Statx(),
                        FAR))
                .containsExactly(
                        List.of(misaligned),
                        List.of(NEAR, misaligned),
                        List.of(OPENED, NEAR, SIZED, misaligned),
                        List.of(OPENED, FAR, NEAR, SIZED, misaligned));
    }

    @Test
    void wrongDataNamesWhoseItIs() {
        Write torn = Write.atomic(0, 8192);

        assertThat(guesses(SimulatedFault.TORN_WRITE, Simulated.DEVICE, FAR, NEAR, torn, new LimitFileSize(8192), FAR)
                        .get(0))
                .isEqualTo(List.of(NEAR, torn));
    }

    @Test
    void whatIsClonedIsFollowedToItsSource() {
        CloneRange cloned = CloneRange.within(65536, 131072, 4096);
        Write source = Write.plain(Access.DIRECT, 65536, 4096);
        Write overClone = Write.atomic(131072, 4096);
        Read read = Read.plain(Access.DIRECT, 65536, 4096);

        assertThat(guesses(SimulatedFault.SOURCE_OF_CLONE_HARMED, Simulated.XFS, FAR, source, cloned, overClone, read))
                .contains(List.of(source, cloned, overClone, read));
    }

    @Test
    void aHangIsAboutTheOperationThatWasBegunLast() {
        Write cached = Write.plain(Access.BUFFERED, 4096, 4096);
        Write hanging = Write.atomic(4096, 4096);

        assertThat(guesses(SimulatedFault.HANGS_ON_CACHED, Simulated.DEVICE, FAR, cached, FAR, hanging, FAR, FAR))
                .startsWith(List.of(hanging), List.of(cached, hanging));
    }

    private static List<List<Operation>> guesses(SimulatedFault fault, Target target, Operation... operations) {
        try (SimulatedKernel kernel =
                new SimulatedKernel(SimulatedMachine.linux("7.3.4").with(fault))) {
            Environment environment = kernel.prepare(target);
            Trace trace = new Trace(target, List.of(operations));
            Violation violation = Judge.judge(
                            kernel.run(trace.withReadBack()), Specifications.linux(environment.kernel(), target.kind()))
                    .violation()
                    .orElseThrow();
            return Relevance.of(trace, violation).toList();
        }
    }
}
