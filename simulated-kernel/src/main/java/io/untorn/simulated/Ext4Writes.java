package io.untorn.simulated;

import io.untorn.model.history.Errno;
import java.util.List;

/**
 * ext4 of mainline: in place, always. A mixed range, which only bigalloc can have, is made one written piece first, with
 * zeros. Before more than one block is written the journal is committed: no block may turn out unwritten later.
 */
record Ext4Writes(Storage storage, Journal journal) implements AtomicWriteMethod {
    @Override
    public void write(RegularFile file, long first, byte[] data) throws Refused {
        long end = first + data.length / storage.block();
        List<Piece> pieces = file.over(first, end);
        if (pieces.size() > 1) {
            if (storage.has(SimulatedFault.MIXED_RANGE_REFUSED)) {
                throw new Refused(Errno.EINVAL);
            }
            for (Piece piece : pieces) {
                if (piece.kind() != Piece.Kind.WRITTEN) {
                    file.store(piece.logical() * storage.block(), new byte[(int) piece.length() * storage.block()]);
                }
            }
        } else if (pieces.get(0).kind() == Piece.Kind.HOLE) {
            for (Piece fresh : file.allocate(first, end, Piece.Kind.UNWRITTEN)) {
                file.map(fresh);
            }
        }
        List<Piece> whole = file.over(first, end);
        if (whole.size() > 1) {
            throw new Refused(Errno.EINVAL);
        }
        if (whole.get(0).length() > 1) {
            journal.commit();
        }
        file.writeAtomically(whole.get(0), data);
    }

    @Override
    public boolean mustWait(RegularFile file, long first, long end) {
        List<Piece> pieces = file.over(first, end);
        return pieces.size() > 1 || pieces.get(0).kind() != Piece.Kind.WRITTEN;
    }
}
