package io.untorn.simulated;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * XFS with reflink: by the disk where one piece of the file's own covers the range, aligned to its length; else to new
 * blocks, plainly, that then take the place of the old ones all at once.
 *
 * @param other the file that may share blocks with the one that is written
 * @param harmsOther the fault of which such blocks are written in place
 */
record XfsWrites(Storage storage, RegularFile other, SimulatedFault harmsOther) implements AtomicWriteMethod {
    /** How many extents of a write are stored by a kernel that forgets the others. */
    private static final int EXTENTS_KEPT = 16;

    @Override
    public void write(RegularFile file, long first, byte[] data) throws Refused {
        int block = storage.block();
        List<Piece> pieces = file.over(first, first + data.length / block);
        if (canUseDisk(file, pieces, data.length)) {
            file.writeAtomically(pieces.get(0), data);
            return;
        }
        boolean cut = pieces.size() > EXTENTS_KEPT && storage.has(SimulatedFault.LATER_EXTENTS_LOST);
        long end = pieces.get(cut ? EXTENTS_KEPT - 1 : pieces.size() - 1).end();
        List<Piece> copies = file.allocate(first, end, Piece.Kind.WRITTEN);
        boolean forgets =
                storage.has(SimulatedFault.LATER_PIECES_LOST) && storage.space().isFilled();
        int stored = forgets ? 1 : copies.size();
        for (Piece copy : copies.subList(0, stored)) {
            int from = (int) (copy.logical() - first) * block;
            storage.disk()
                    .write(copy.physical() * block, Arrays.copyOfRange(data, from, from + (int) copy.length() * block));
        }
        copies.forEach(file::map);
    }

    @Override
    public boolean mustWait(RegularFile file, long first, long end) {
        return !canUseDisk(file, file.over(first, end), (int) (end - first) * storage.block());
    }

    private boolean canUseDisk(RegularFile file, List<Piece> pieces, int length) {
        Piece piece = pieces.get(0);
        return pieces.size() == 1
                && piece.kind() != Piece.Kind.HOLE
                && piece.physical() % piece.length() == 0
                && storage.disk().takesAtomic(piece.physical() * storage.block(), length)
                && !mustLeave(file, piece);
    }

    private boolean mustLeave(RegularFile file, Piece piece) {
        return file.isShared(piece)
                && !storage.has(otherHas(piece) ? harmsOther : SimulatedFault.SOURCE_OF_CLONE_HARMED);
    }

    private boolean otherHas(Piece piece) {
        return other.pieces().stream().anyMatch(its -> LongStream.range(its.physical(), its.physical() + its.length())
                .anyMatch(at -> at >= piece.physical() && at < piece.physical() + piece.length()));
    }
}
