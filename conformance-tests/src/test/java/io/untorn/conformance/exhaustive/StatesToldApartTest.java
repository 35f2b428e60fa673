package io.untorn.conformance.exhaustive;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.conformance.coverage.VisitedStates;
import io.untorn.conformance.judge.Judge;
import io.untorn.conformance.run.Simulated;
import io.untorn.model.history.Extent;
import io.untorn.model.history.History;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.DropCaches;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.Sync;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Oracle;
import io.untorn.model.target.Target;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sees which states are different ones for an exhaustive search, and which the same. */
final class StatesToldApartTest {
    private static final int KIB = 1024;
    private static final long LONGEST = 64 * KIB;
    private static final Operation DIRECT_WRITE = Write.plain(Access.DIRECT, 0, 16 * KIB);
    private static final Operation CACHED_WRITE = Write.plain(Access.BUFFERED, 0, 4 * KIB);
    private static final Operation CACHED_READ = Read.plain(Access.BUFFERED, 0, 4 * KIB);
    private static final Operation CUT = new Truncate(0);
    private static final Operation SHARE = new CloneRange(Subject.FILE, 0, Subject.TWIN, 0, 16 * KIB);
    private static final Operation SHARE_INSIDE = new CloneRange(Subject.FILE, 0, Subject.FILE, 64 * KIB, 4 * KIB);

    @Test
    void aFileThatIsEmptyAgainIsNotPristine() {
        assertThat(after(Simulated.EXT4, DIRECT_WRITE, CUT)).isNotEqualTo(after(Simulated.EXT4));
        assertThat(after(Simulated.EXT4, DIRECT_WRITE, CUT)).isEqualTo(after(Simulated.EXT4, CUT));
        assertThat(after(Simulated.EXT4, CACHED_READ)).isEqualTo(after(Simulated.EXT4));
    }

    @Test
    void pagesAreToldApart() {
        Operation next = Read.plain(Access.BUFFERED, 4 * KIB, 4 * KIB);

        assertThat(List.of(
                        after(Simulated.EXT4, DIRECT_WRITE),
                        after(Simulated.EXT4, DIRECT_WRITE, CACHED_READ),
                        after(Simulated.EXT4, DIRECT_WRITE, next),
                        after(Simulated.EXT4, DIRECT_WRITE, CACHED_READ, next),
                        after(Simulated.EXT4, DIRECT_WRITE, CACHED_WRITE),
                        after(Simulated.DEVICE, DIRECT_WRITE),
                        after(Simulated.DEVICE, DIRECT_WRITE, CACHED_READ),
                        after(Simulated.DEVICE, DIRECT_WRITE, CACHED_WRITE)))
                .doesNotHaveDuplicates();
    }

    @Test
    void pagesThatAreGoneAreNotToldApart() {
        long clean = after(Simulated.EXT4, DIRECT_WRITE, CACHED_READ);
        long none = after(Simulated.EXT4, DIRECT_WRITE);

        assertThat(after(Simulated.EXT4, DIRECT_WRITE, CACHED_WRITE, Sync.fsync()))
                .isEqualTo(clean);
        assertThat(after(Simulated.EXT4, DIRECT_WRITE, CACHED_WRITE, Read.plain(Access.DIRECT, 0, 4 * KIB)))
                .isEqualTo(clean);
        assertThat(after(Simulated.EXT4, DIRECT_WRITE, CACHED_READ, new DropCaches()))
                .isEqualTo(none);
        assertThat(after(Simulated.EXT4, DIRECT_WRITE, CACHED_READ, DIRECT_WRITE))
                .isEqualTo(none);
        assertThat(after(Simulated.EXT4, DIRECT_WRITE, CACHED_READ, mountAgain()))
                .isEqualTo(after(Simulated.EXT4, DIRECT_WRITE, mountAgain()));
    }

    @Test
    void blocksForCopiesAreToldApart() {
        Operation overwrite = Write.plain(Access.DIRECT, 0, 4 * KIB);
        Operation atomic = Write.atomic(0, 4 * KIB);

        assertThat(List.of(
                        after(Simulated.XFS, DIRECT_WRITE),
                        after(Simulated.XFS, DIRECT_WRITE, atomic),
                        after(Simulated.XFS, DIRECT_WRITE, SHARE),
                        after(Simulated.XFS, DIRECT_WRITE, SHARE, overwrite),
                        after(Simulated.XFS, DIRECT_WRITE, SHARE_INSIDE)))
                .doesNotHaveDuplicates();
        assertThat(after(Simulated.XFS, DIRECT_WRITE, atomic, mountAgain(), Write.atomic(0, 4 * KIB)))
                .isEqualTo(after(Simulated.XFS, DIRECT_WRITE, mountAgain(), Write.atomic(0, 4 * KIB)));
    }

    private static Operation mountAgain() {
        return new Remount(Remount.Way.UNMOUNT_AND_MOUNT, 0);
    }

    /** Return the hash of the state after some operations. */
    private static long after(Target target, Operation... operations) {
        try (SimulatedKernel kernel = new SimulatedKernel(SimulatedMachine.linux("7.3.4"))) {
            kernel.prepare(target);
            Trace trace = new Trace(target, List.of(operations));
            History history = kernel.run(trace.withReadBack());
            VisitedStates visited = new VisitedStates();
            Oracle oracle = Judge.oracle(Judge.specification(Optional.empty(), target, history.environment()));
            assertThat(oracle.judge(history, visited).violations()).isEmpty();
            return visited.after(operations.length);
        }
    }

    @Test
    void placesOnTheDiskAreToldApart() {
        Extent first = new Extent(0, 64 * KIB, 8 * KIB, 0);

        assertThat(List.of(
                        layout(),
                        layout(first),
                        layout(new Extent(0, 64 * KIB + 4 * KIB, 8 * KIB, 0)),
                        layout(new Extent(0, 64 * KIB + 8 * KIB, 8 * KIB, 0)),
                        layout(new Extent(0, 64 * KIB, 8 * KIB, 0x800)),
                        layout(first, new Extent(8 * KIB, 64 * KIB + 8 * KIB, 8 * KIB, 0x800)),
                        layout(first, new Extent(8 * KIB, 128 * KIB + 8 * KIB, 8 * KIB, 0x800))))
                .doesNotHaveDuplicates();
    }

    @Test
    void placesWhereTheSameIsPossibleAreNotToldApart() {
        assertThat(layout(new Extent(0, 64 * KIB, 8 * KIB, 1))).isEqualTo(layout(new Extent(0, 192 * KIB, 8 * KIB, 0)));
    }

    private static Layout layout(Extent... extents) {
        return Layout.of(List.of(extents), LONGEST);
    }
}
