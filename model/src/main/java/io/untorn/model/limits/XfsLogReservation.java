package io.untorn.model.limits;

/**
 * How much log space XFS reserves to put a software atomic write into place, and how many blocks of which each is mapped
 * apart fit into it. For version 5 without a realtime section.
 *
 * <p>Sizes that are numbers here are those of the log's and the btrees' formats on disk, for 64-bit kernels.
 *
 * <p>Source: kernel fs/xfs/libxfs/xfs_trans_resv.c, xfs_calc_max_atomic_write_fsblocks,
 * xfs_calc_atomic_write_ioend_geometry, xfs_calc_itruncate_reservation and what they call (read in 7.3).
 */
final class XfsLogReservation {
    private static final int BUFFER_OVERHEAD = 128;
    private static final int SHORT_BTREE_HEADER = 56;
    private static final int LONG_BTREE_HEADER = 72;
    private static final int QUOTA = 6 * (24 + 104);
    private static final int OPERATION_HEADER = 12;
    private static final int INODE_LOG_FORMAT = 56;
    private static final int ROOT_POINTERS_IN_INODE = 3;
    private static final int TRUNCATING_COUNT = 2;
    private static final long MAX_RESERVATION = 0xFFFFFFFFL;

    private static final int MAP_INTENT = item(16 + 32);
    private static final int SHARE_INTENT = item(16 + 16);
    private static final int DONE = item(16);

    /**
     * What one extent takes: carrying over both of its intents, to map it and to unshare it, each ended and begun
     * again. No other step of putting an extent into place logs more.
     */
    private static final int PER_EXTENT = MAP_INTENT + DONE + SHARE_INTENT + DONE;

    private final XfsGeometry xfs;
    private final long allocationLevels;
    private final long reverseMappingLevels;
    private final long sharingLevels;
    private final long extentLevels;

    XfsLogReservation(XfsGeometry xfs) {
        this.xfs = xfs;
        BtreeShape allocation = new BtreeShape(xfs.blockSize() - SHORT_BTREE_HEADER, 8, 8 + 4);
        BtreeShape sharing = new BtreeShape(xfs.blockSize() - SHORT_BTREE_HEADER, 12, 4 + 4);
        BtreeShape reverse = new BtreeShape(xfs.blockSize() - SHORT_BTREE_HEADER, 24, 2 * 20 + 4);
        BtreeShape extents = new BtreeShape(xfs.blockSize() - LONG_BTREE_HEADER, 16, 8 + 8);
        allocationLevels = allocation.levels((xfs.groupBlocks() + 1) / 2, 1);
        sharingLevels = xfs.reflink() ? sharing.levels(xfs.groupBlocks(), 1) : 0;
        reverseMappingLevels = !xfs.reverseMapping()
                ? 0
                : xfs.reflink() ? reverse.levelsInBlocks(xfs.groupBlocks()) : reverse.levels(xfs.groupBlocks(), 1);
        long extentsInFile = xfs.largeExtentCounts() ? (1L << 48) - 1 : (1L << 31) - 1;
        extentLevels = extents.levels(extentsInFile, ROOT_POINTERS_IN_INODE);
    }

    /** Return how many blocks the reservation is good for, before it is rounded to a power of two. */
    long atomicWriteBlocks() {
        return Math.max(0, truncating() - step()) / PER_EXTENT;
    }

    /**
     * Tell whether the log is large enough for a reservation that is good for so many blocks.
     *
     * <p>Source: kernel fs/xfs/libxfs/xfs_trans_resv.c, xfs_calc_atomic_write_log_geometry,
     * xfs_calc_atomic_write_reservation, XFS_ITRUNCATE_LOG_COUNT (7.3).
     */
    boolean fitsLog(long blocks) {
        long reservation = blocks * PER_EXTENT + step();
        int deferred = (xfs.reflink() || xfs.reverseMapping() ? 1 : 0)
                + (xfs.reflink() ? 1 : 0)
                + (xfs.reverseMapping() ? 1 : 0);
        return reservation <= MAX_RESERVATION
                && xfs.log().holds(reservation, TRUNCATING_COUNT + deferred, xfs.blockSize(), xfs.sectorSize());
    }

    /** The most that one step of putting an extent into place logs. */
    private long step() {
        return Math.max(Math.max(freeing(1), sharing(1)), QUOTA + mapping());
    }

    /** Software atomic writes get the reservation that truncating has. */
    private long truncating() {
        return QUOTA + Math.max(sharing(2), Math.max(mapping(), freeing(4)));
    }

    private long freeing(long extents) {
        long blocks = extents * 2 * (2 * allocationLevels - 1);
        if (xfs.reverseMapping()) {
            blocks += extents * (2 * reverseMappingLevels - 1);
        }
        return buffers(2 * extents + 1, xfs.sectorSize()) + buffers(blocks, xfs.blockSize());
    }

    private long sharing(long extents) {
        return xfs.reflink()
                ? buffers(extents, xfs.sectorSize()) + buffers(extents * (2 * sharingLevels - 1), xfs.blockSize())
                : 0;
    }

    private long mapping() {
        long inode = 4L * OPERATION_HEADER + INODE_LOG_FORMAT + xfs.inodeSize() + 2L * LONG_BTREE_HEADER;
        return inode + buffers(extentLevels + 1, xfs.blockSize());
    }

    private static long buffers(long count, int size) {
        return count * (size + BUFFER_OVERHEAD);
    }

    private static int item(int format) {
        int bytes = format + Long.BYTES + OPERATION_HEADER;
        return (bytes + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    }

    /**
     * How full the blocks of a btree are at the least.
     *
     * <p>Source: kernel fs/xfs/libxfs/xfs_btree.c, xfs_btree_compute_maxlevels and xfs_btree_space_to_height;
     * fs/xfs/libxfs/xfs_bmap.c, xfs_bmap_compute_maxlevels (7.3).
     */
    private record BtreeShape(long recordsInLeaf, long pointersInNode) {
        BtreeShape(int room, int recordSize, int pointerSize) {
            this(room / recordSize / 2, room / pointerSize / 2);
        }

        /** Return the height over so many records, where a root holds so many pointers at least. */
        long levels(long records, int inRoot) {
            long blocks = ceilDiv(records, recordsInLeaf);
            long levels = 1;
            while (blocks > 1) {
                blocks = blocks <= inRoot ? 1 : ceilDiv(blocks, pointersInNode);
                levels++;
            }
            return levels;
        }

        /** Return the height of a tree that takes so many blocks. */
        long levelsInBlocks(long leaves) {
            long inLevel = 2;
            long left = leaves - 1;
            long levels = 1;
            while (inLevel < left) {
                left -= inLevel;
                inLevel *= pointersInNode;
                levels++;
            }
            return levels;
        }

        private static long ceilDiv(long dividend, long divisor) {
            return (dividend + divisor - 1) / divisor;
        }
    }
}
