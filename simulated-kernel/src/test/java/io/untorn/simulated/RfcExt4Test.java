package io.untorn.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Extent;
import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.model.target.Limits;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ext4 of {@link RfcWrites}: 1 KiB blocks on a disk that takes atomic writes of 1 to 512 KiB. */
final class RfcExt4Test {
    private static final Target EXT4 = new Target("ext4-1k", TargetKind.EXT4, 1024, 1024, false);
    private static final Write WRITE = Write.atomic(0, 4096);

    @Test
    void statxReportsWhatTheMailShows() {
        assertThat(new SimulatedKernel(SimulatedMachine.rfc()).prepare(EXT4).limits())
                .isEqualTo(new Limits(1024, 524288, 0, 1, true));
    }

    @Test
    void holeGetsBlocksAlignedToTheLength() {
        for (int length = 1024; length <= 524288; length *= 2) {
            History history = run(SimulatedMachine.rfc(), Write.atomic(0, length));
            long whole = length;

            assertThat(outcomes(history)).containsExactly(new Outcome.Returned(length));
            assertThat(history.extents()).singleElement().satisfies(extent -> {
                assertThat(extent.length()).isEqualTo(whole);
                assertThat(extent.physical() % whole).isZero();
            });
        }
    }

    @Test
    void offsetNeedsNoAlignmentOfItsOwn() {
        History history = run(SimulatedMachine.rfc(), Write.atomic(1024, 4096));

        assertThat(outcomes(history)).containsExactly(new Outcome.Returned(4096));
        assertThat(history.extents()).singleElement().satisfies(extent -> {
            assertThat(extent.logical()).isEqualTo(1024);
            assertThat(extent.physical() % 4096).isZero();
        });
    }

    @Test
    void misfitExtentIsRefusedUntilItIsPunched() {
        History history = run(
                SimulatedMachine.rfc().with(Space.WHOLE),
                Write.plain(Access.DIRECT, 0, 8192),
                WRITE,
                new Fallocate(Fallocate.Mode.PUNCH_HOLE, 0, 4096),
                WRITE);

        assertThat(outcomes(history))
                .containsExactly(
                        new Outcome.Returned(8192),
                        new Outcome.Failed(Errno.EINVAL),
                        Outcome.DONE,
                        new Outcome.Returned(4096));
    }

    @Test
    void fittingExtentIsWrittenInPlace() {
        History first = run(SimulatedMachine.rfc(), WRITE);
        History again = run(SimulatedMachine.rfc(), WRITE, WRITE, Write.atomic(1024, 1024));

        assertThat(outcomes(again)).allMatch(Outcome.Returned.class::isInstance);
        assertThat(again.extents()).isEqualTo(first.extents());
    }

    @Test
    void refusesAMixedRangeAndLeavesIt() {
        History history =
                run(SimulatedMachine.rfc(), Write.plain(Access.DIRECT, 2048, 1024), new Truncate(4096), WRITE);

        assertThat(outcomes(history).get(2)).isEqualTo(new Outcome.Failed(Errno.EINVAL));
        assertThat(history.extents()).extracting(Extent::logical).containsExactly(2048L);
    }

    @Test
    void noAlignedBlocksMeansAnErrorAndNoChange() {
        History history = run(
                SimulatedMachine.rfc().withDiskSize(2 << 20),
                Write.atomic(0, 524288),
                Write.atomic(524288, 524288),
                Write.atomic(1 << 20, 524288),
                Write.atomic(3 << 19, 524288));

        assertThat(outcomes(history)).last().isEqualTo(new Outcome.Failed(Errno.ENOSPC));
        assertThat(history.extents()).allMatch(extent -> extent.logical() + extent.length() <= 3 << 19);
    }

    @Test
    void theMailsWarningNamesItsLines() {
        History history = run(SimulatedMachine.rfc().with(SimulatedFault.WARNING_OF_THE_MAIL), WRITE);

        assertThat(outcomes(history)).containsExactly(new Outcome.Failed(Errno.EIO));
        assertThat(history.console())
                .anyMatch(line -> line.contains("WARNING: CPU: 1 PID: 158 at fs/ext4/mballoc.c:2991"))
                .last()
                .asString()
                .contains("Returned extent couldn't satisfy alignment requirements");
        assertThat(run(SimulatedMachine.rfc(), WRITE).console()).isEmpty();
    }

    private static History run(SimulatedMachine machine, Operation... operations) {
        SimulatedKernel kernel = new SimulatedKernel(machine);
        kernel.prepare(EXT4);
        return kernel.run(new Trace(EXT4, List.of(operations)));
    }

    private static List<Outcome> outcomes(History history) {
        return history.steps().stream().map(Step::outcome).toList();
    }
}
