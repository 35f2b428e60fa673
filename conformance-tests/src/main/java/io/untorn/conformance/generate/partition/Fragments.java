package io.untorn.conformance.generate.partition;

import io.untorn.model.operation.Access;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.Layout;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Sync;
import io.untorn.model.operation.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Into how many pieces what lies below a write is divided, and how many extents the file has. */
final class Fragments {
    /** The longest write that pieces are prepared for, in bytes: 64 blocks of 4 KiB. */
    private static final int LONGEST = 1 << 18;

    /** What an inode of ext4 holds; one of XFS holds some more. */
    private static final int IN_INODE = 4;

    /** What a block of 4 KiB of ext4's tree holds; one of XFS holds 254 (xfs_bmbt_maxrecs). */
    private static final int IN_ONE_BLOCK = 340;

    /** Bytes between a write and the extents that are laid for the file to have many. */
    private static final long APART = 1 << 20;

    /** Pieces of different blocks, or of bytes that different operations wrote. */
    static final Dimension PIECES = new Dimension("pieces below", 1500, pieces());

    static final Dimension EXTENTS = new Dimension(
            "extents of the file",
            6000,
            List.of(
                    Cell.of("device", attempt -> attempt.testbed().isDevice(), (draft, random) -> draft)
                            .legal(1)
                            .on(Testbed::isDevice),
                    Cell.of("in the inode", attempt -> attempt.extents() <= IN_INODE, (draft, random) -> draft)
                            .legal(1)
                            .on(Testbed::isFile),
                    Cell.of("in one block", attempt -> attempt.extents() <= IN_ONE_BLOCK, laid(3 * IN_INODE, 60))
                            .legal(3)
                            .on(Testbed::isFile),
                    Cell.of("in several blocks", attempt -> true, laid(IN_ONE_BLOCK + 10, 50))
                            .legal(1)
                            .on(Testbed::isFile)));

    private Fragments() {}

    private static List<Cell> pieces() {
        List<Cell> cells = new ArrayList<>();
        IntStream.iterate(64, least -> least > 0, least -> least / 2).forEach(least -> cells.add(cell(least)));
        return cells;
    }

    private static Cell cell(int least) {
        String name = least == 64 ? "64 or more" : least == 1 ? "1" : least + " to " + (2 * least - 1);
        return Cell.of(name, attempt -> attempt.pieces() >= least, (draft, random) -> divided(draft, least, random))
                .legal(least == 1 ? 0 : 1)
                .on(testbed -> testbed.unitMax() >= least * step(testbed));
    }

    /** Return the length of the shortest piece, in bytes. */
    private static int step(Testbed testbed) {
        return testbed.isFile() ? testbed.block() : Testbed.SECTOR;
    }

    /** Divide what lies below a write into equal pieces, of two kinds in turn; make it longer if it is too short. */
    private static Draft divided(Draft draft, int pieces, Random random) {
        int step = step(draft.testbed());
        int length = Math.max(draft.length(), pieces * step);
        if (length > LONGEST) {
            return draft;
        }
        Draft fitting = length == draft.length() ? draft : draft.sized(length).at(draft.place() / length * length);
        long from = fitting.place() / step * step;
        int piece = Math.max(step, length / pieces / step * step);
        int all = piece * pieces;
        return fitting.prepared(
                draft.testbed().isDevice()
                        ? List.of(
                                every(Layout.Piece.WRITE, from, piece, pieces, 0),
                                every(Layout.Piece.WRITE, from, piece, pieces, 1))
                        : onFile(draft.testbed(), from, piece, pieces, all, random));
    }

    private static List<Operation> onFile(Testbed testbed, long from, int piece, int pieces, int all, Random random) {
        Operation hole = new Fallocate(Fallocate.Mode.PUNCH_HOLE, from, all);
        Operation written = Write.plain(Access.DIRECT, from, all);
        Operation first = every(Layout.Piece.WRITE, from, piece, pieces, 0);
        Operation second = every(Layout.Piece.WRITE, from, piece, pieces, 1);
        Operation synced = new Sync(Sync.Way.FDATASYNC);
        List<List<Operation>> ways = new ArrayList<>(List.of(
                List.of(hole, first),
                List.of(hole, first, synced),
                List.of(hole, new Fallocate(Fallocate.Mode.ALLOCATE, from, all), second, synced),
                List.of(written, every(Layout.Piece.PUNCH, from, piece, pieces, 1)),
                List.of(hole, every(Layout.Piece.ALLOCATE, from, piece, pieces, 0)),
                List.of(hole, first, synced, second, synced)));
        if (testbed.target().reflink()) {
            ways.add(List.of(written, every(Layout.Piece.CLONE, from, piece, pieces, 0)));
        }
        return ways.get(random.nextInt(ways.size()));
    }

    /** Lay every second of some pieces, from the first or the second on. */
    private static Layout every(Layout.Piece what, long from, int piece, int pieces, int first) {
        return new Layout(what, from + (long) first * piece, piece, 2 * piece, Math.max(1, (pieces + 1 - first) / 2));
    }

    /** Lay extents behind the write, and write them back: only then are they in the tree. */
    private static Cell.Maker laid(int least, int more) {
        return (draft, random) -> {
            int block = draft.testbed().block();
            long from = (draft.end() / APART + 1) * APART;
            return draft.prepared(List.of(
                    new Layout(Layout.Piece.WRITE, from, block, 2 * block, least + random.nextInt(more)),
                    new Sync(Sync.Way.FDATASYNC)));
        };
    }
}
