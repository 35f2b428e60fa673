package io.untorn.simulated;

import io.untorn.model.history.Errno;
import java.util.List;

/**
 * ext4 with "[RFC 0/7] ext4: Allocator changes for atomic write support with DIO", as the mail of 2023-12-04 with
 * Message-ID {@code ZW3WZ6prrdsPc55Z@li-bb2b2a4c-3307-11b2-a85c-8fa5c3a69313.ibm.com} explains it: a hole gets blocks
 * aligned to the write's length; a piece that is there already must be aligned as a whole; all else fails and changes
 * nothing. Before more than one block is written the journal is committed, so that no block turns out unwritten later.
 */
record RfcWrites(Storage storage, Journal journal, SimulatedConsole console) implements AtomicWriteMethod {
    private static final int BLOCKS_OF_THE_WARNING = 4;

    @Override
    public void write(RegularFile file, long first, byte[] data) throws Refused {
        int blocks = data.length / storage.block();
        List<Piece> pieces = file.over(first, first + blocks);
        Piece piece = pieces.get(0);
        boolean misfit = pieces.size() > 1 || piece.physical() % blocks != 0;
        if (pieces.size() == 1 && piece.kind() == Piece.Kind.HOLE) {
            piece = allocateAligned(file, first, blocks);
            file.map(piece);
        } else if (pieces.stream().anyMatch(each -> each.kind() == Piece.Kind.HOLE)) {
            storeIf(SimulatedFault.SMALL_HOLE_ACCEPTED, file, first, data);
            return;
        } else if (misfit) {
            storeIf(SimulatedFault.MISFIT_EXTENT_ACCEPTED, file, first, data);
            return;
        }
        if (blocks > 1) {
            journal.commit();
        }
        file.writeAtomically(piece, data);
    }

    @Override
    public boolean mustWait(RegularFile file, long first, long end) {
        return file.over(first, end).stream().anyMatch(piece -> piece.kind() == Piece.Kind.HOLE);
    }

    private void storeIf(SimulatedFault fault, RegularFile file, long first, byte[] data) throws Refused {
        if (!storage.has(fault)) {
            throw new Refused(Errno.EINVAL);
        }
        file.store(first * storage.block(), data);
    }

    private Piece allocateAligned(RegularFile file, long first, int blocks) throws Refused {
        if (storage.has(SimulatedFault.WARNING_OF_THE_MAIL)
                && first == 0
                && blocks == BLOCKS_OF_THE_WARNING
                && file.pieces().isEmpty()) {
            console.printWarningOfTheMail();
            throw new Refused(Errno.EIO);
        }
        int cluster = storage.cluster();
        if (blocks < cluster) {
            return file.allocate(first, first + blocks, Piece.Kind.UNWRITTEN).get(0);
        }
        BlockAllocator.Run run = storage.has(SimulatedFault.ALIGNED_ALLOCATION_MISPLACED)
                ? storage.space().allocateMisaligned(blocks / cluster)
                : storage.space().allocateAligned(blocks / cluster);
        return new Piece(first, run.start() * cluster, blocks, Piece.Kind.UNWRITTEN);
    }
}
