package io.untorn.conformance.exhaustive;

import io.untorn.model.history.Extent;
import java.util.ArrayList;
import java.util.List;

/**
 * How a file's data lies on the disk, as far as a kernel treats one place otherwise than another: in which pieces, whether
 * each directly follows the one before, and which atomic writes the disk could take at once there.
 */
record Layout(List<Piece> pieces) {
    /** FIEMAP_EXTENT_UNKNOWN, _DELALLOC, _UNWRITTEN and _SHARED of {@code include/uapi/linux/fiemap.h}. */
    private static final int TOLD_APART = 0x2 | 0x4 | 0x800 | 0x2000;

    /**
     * A piece.
     *
     * @param logical bytes from the start of the file
     * @param length bytes
     * @param flags of FIEMAP
     * @param follows whether it lies directly after the piece before it, on the disk as in the file
     * @param alignment bytes: an atomic write of this length, and of no longer one, can be aligned in the file and on the disk
     */
    record Piece(long logical, long length, int flags, boolean follows, long alignment) {}

    /**
     * Return the layout that FIEMAP reports.
     *
     * @param longest bytes in the longest atomic write, a power of two
     */
    static Layout of(List<Extent> extents, long longest) {
        List<Piece> pieces = new ArrayList<>();
        long logicalEnd = -1;
        long physicalEnd = -1;
        for (Extent extent : extents) {
            boolean follows = extent.logical() == logicalEnd && extent.physical() == physicalEnd;
            long shift = extent.physical() - extent.logical();
            pieces.add(new Piece(
                    extent.logical(),
                    extent.length(),
                    extent.flags() & TOLD_APART,
                    follows,
                    Long.lowestOneBit(shift | longest)));
            logicalEnd = extent.logical() + extent.length();
            physicalEnd = extent.physical() + extent.length();
        }
        return new Layout(List.copyOf(pieces));
    }
}
