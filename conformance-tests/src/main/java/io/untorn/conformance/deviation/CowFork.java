package io.untorn.conformance.deviation;

import io.untorn.conformance.coverage.CopyFork;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.Blocks;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Blocks in XFS's copy-on-write fork that count as written, though no write to them came to its end. Where the file has a
 * hole, a plain write of a part of a block takes the rest of the block from there, if the file shares blocks, or did
 * (fs/xfs/xfs_iomap.c, xfs_buffered_write_iomap_begin, found_cow, 6.16 to 7.3).
 */
final class CowFork {
    /** What is shared may be a hole as well, if that was cloned. */
    private static final Set<Blocks.Kind> MAY_BE_HOLE =
            EnumSet.of(Blocks.Kind.HOLE, Blocks.Kind.UNCERTAIN, Blocks.Kind.SHARED);

    private final Ranges staged = new Ranges();
    private boolean sharing;

    /** Tell whether the file shares blocks, or did. */
    boolean isSharing() {
        return sharing;
    }

    /** Add the whole blocks of a range of bytes. */
    void stage(long from, long to, Situation on) {
        staged.add(down(from, on.target().blockSize()), up(to, on.target().blockSize()));
    }

    /** See an operation: what shares blocks, and what drops those of the fork. */
    void follow(Step step, Situation on) {
        Operation operation = step.operation();
        sharing |=
                operation instanceof CloneRange clone && (clone.from() == Subject.FILE || clone.to() == Subject.FILE);
        if (step.outcome() instanceof Outcome.Failed) {
            return;
        }
        if (operation instanceof Truncate truncate) {
            cut(staged, truncate, on);
        } else if (operation instanceof Fallocate fallocate && fallocate.moves()) {
            staged.cut(fallocate.offset());
        } else if (operation instanceof Remount remount && remount.unmounts()) {
            staged.clear();
        }
    }

    /** Take away the blocks behind the new end of a file, if a truncate does. */
    static void cut(Ranges staged, Truncate truncate, Situation on) {
        if (CopyFork.isCutBy(truncate, on)) {
            staged.cut(up(truncate.size(), on.target().blockSize()));
        }
    }

    /** Add the whole units around a write in which XFS takes blocks for copies. */
    static void addUnits(Ranges ranges, Write write, Situation on) {
        ranges.add(down(on.place(write), CopyFork.UNIT), up(on.place(write) + write.length(), CopyFork.UNIT));
    }

    /**
     * Stain the rest of each block of which a plain write takes a part, where it lies over a hole. Direct ones go through
     * the page cache where they do not begin and end with blocks (fs/xfs/xfs_file.c, xfs_file_dio_write_unaligned).
     */
    void exposeTo(Step step, Situation on, StainingTrail trail) {
        if (!sharing
                || !(step.operation() instanceof Write write)
                || write.atomic()
                || !(step.outcome() instanceof Outcome.Returned returned)) {
            return;
        }
        long from = on.place(write);
        long to = from + returned.value();
        int block = on.target().blockSize();
        expose(down(from, block), from, on, trail);
        expose(to, up(to, block), on, trail);
    }

    private void expose(long from, long to, Situation on, StainingTrail trail) {
        int block = on.target().blockSize();
        if (from < to
                && staged.meets(from, to)
                && !Collections.disjoint(on.state().blocks().kinds(down(from, block), block), MAY_BE_HOLE)) {
            trail.stain(from, to, Leftover.ofDisk(on.index()));
        }
    }

    static long down(long offset, long unit) {
        return offset / unit * unit;
    }

    static long up(long offset, long unit) {
        return down(offset + unit - 1, unit);
    }
}
