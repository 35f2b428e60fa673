package io.untorn.conformance.coverage;

import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.FillSpace;
import io.untorn.model.operation.FreeSpace;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.PowerCut;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.Blocks;
import io.untorn.model.target.TargetKind;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where XFS may hold blocks ready for copies of a file's: it takes them in whole units before a write to shared blocks, or
 * an atomic one, and keeps what the write did not need (fs/xfs/xfs_reflink.c, xfs_reflink_fill_cow_hole;
 * fs/xfs/xfs_iomap.c, xfs_buffered_write_iomap_begin, 6.1 to 7.3). No rule depends on it.
 *
 * @param units numbers of the units, from 0
 */
public record CopyFork(SortedSet<Long> units) {
    /** Bytes: XFS_DEFAULT_COWEXTSZ_HINT blocks of 4 KiB. */
    public static final long UNIT = 32L * 4096;

    static final CopyFork EMPTY = new CopyFork(new TreeSet<>());

    /** Return what it holds after an operation. */
    CopyFork after(Operation operation, Situation on) {
        if (on.target().kind() != TargetKind.XFS) {
            return this;
        }
        if (operation instanceof Write write) {
            return mayStage(write, on) ? with(on.place(write), on.place(write) + write.length()) : this;
        }
        if (operation instanceof Truncate truncate) {
            return isCutBy(truncate, on) ? before(truncate.size()) : this;
        }
        if (operation instanceof Fallocate fallocate) {
            return fallocate.moves() ? before(fallocate.offset()) : this;
        }
        boolean drops = operation instanceof PowerCut
                || (operation instanceof Remount remount && remount.unmounts())
                || (operation instanceof FillSpace fill && fill.left() == FreeSpace.NOTHING);
        return drops ? EMPTY : this;
    }

    /**
     * Tell whether a truncate takes blocks behind the new end out of the fork. It looks at no fork where the file grows, or is
     * empty and without blocks (fs/xfs/xfs_iops.c, xfs_setattr_size, 6.12 to 7.3).
     */
    public static boolean isCutBy(Truncate truncate, Situation on) {
        return truncate.size() <= on.size()
                && (on.size() > 0 || on.state().blocks().end() > 0);
    }

    private static boolean mayStage(Write write, Situation on) {
        return write.length() > 0
                && on.place(write) >= 0
                && !on.state().open().mode().readOnly()
                && (write.atomic() || on.kindsUnder(write).contains(Blocks.Kind.SHARED));
    }

    private CopyFork with(long from, long end) {
        SortedSet<Long> more = new TreeSet<>(units);
        for (long unit = from / UNIT; unit * UNIT < end; unit++) {
            more.add(unit);
        }
        return new CopyFork(more);
    }

    private CopyFork before(long end) {
        return new CopyFork(new TreeSet<>(units.headSet((end + UNIT - 1) / UNIT)));
    }
}
