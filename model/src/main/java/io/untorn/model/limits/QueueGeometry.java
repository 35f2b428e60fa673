package io.untorn.model.limits;

import io.untorn.model.target.KernelVersion;

/**
 * What bounds a request besides atomic limits, as sysfs reports it in {@code queue}.
 *
 * @param maxHardwareBytes {@code max_hw_sectors_kb}, in bytes: the largest request that the hardware takes
 * @param maxSegments {@code max_segments}: the most pieces of memory in a request
 * @param logicalBlockSize {@code logical_block_size}, in bytes
 * @param pageSize bytes in a page of memory
 * @param chunkSize {@code chunk_sectors}, in bytes: what no request may cross a multiple of; 0 for no chunks
 */
public record QueueGeometry(
        long maxHardwareBytes, int maxSegments, int logicalBlockSize, int pageSize, long chunkSize) {
    private static final KernelVersion FIRST = new KernelVersion(6, 11);
    private static final KernelVersion FEATURE_BIT = new KernelVersion(6, 13);
    private static final KernelVersion CHUNKS_IN_BOUNDARY = new KernelVersion(6, 18);
    private static final long NOTHING_STACKED = 0xFFFFFFFFL;
    private static final int SECTOR = 512;
    private static final int MAX_VECTORS = 256;

    /**
     * Return the limits of the queue in front of a disk; none before 6.11, or where the disk's values contradict each
     * other.
     *
     * <p>Source: kernel block/blk-settings.c, blk_validate_atomic_write_limits and blk_atomic_writes_update_limits (read
     * in 6.12, 6.17 and 7.3).
     */
    public QueueLimits limits(HardwareLimits hardware, KernelVersion kernel) {
        if (!kernel.isAtLeast(FIRST)
                || hardware.max() == 0
                || (kernel.isAtLeast(FEATURE_BIT) && !isConsistent(hardware))
                || !isBoundaryUsable(hardware.boundary(), kernel)) {
            return QueueLimits.NONE;
        }
        long largest = Long.highestOneBit(Math.min(maxHardwareBytes, guaranteedBytes()));
        return new QueueLimits(
                Math.min(hardware.unitMin(), largest),
                Math.min(hardware.unitMax(), largest),
                Math.min(hardware.max() / SECTOR * SECTOR, maxHardwareBytes),
                hardware.boundary() / SECTOR * SECTOR);
    }

    /**
     * Return what always fits into one request, however the memory of the data lies: the first and the last piece may be
     * as short as a logical block, each between them is a page.
     *
     * <p>Source: kernel block/blk-settings.c, blk_queue_max_guaranteed_bio (6.12 to 7.3).
     */
    long guaranteedBytes() {
        int segments = Math.min(MAX_VECTORS, maxSegments);
        return (long) Math.min(segments, 2) * logicalBlockSize + (long) Math.max(segments - 2, 0) * pageSize;
    }

    private boolean isConsistent(HardwareLimits hardware) {
        return hardware.feature()
                && hardware.max() != NOTHING_STACKED
                && Long.bitCount(hardware.unitMin()) == 1
                && Long.bitCount(hardware.unitMax()) == 1
                && hardware.unitMin() <= hardware.unitMax()
                && hardware.unitMax() <= hardware.max()
                && (chunkSize == 0 || hardware.max() / SECTOR <= chunkSize / SECTOR)
                && (hardware.boundary() == 0 || hardware.max() <= hardware.boundary());
    }

    private boolean isBoundaryUsable(long boundary, KernelVersion kernel) {
        if (boundary < SECTOR) {
            return true;
        }
        boolean fitsChunk =
                kernel.isAtLeast(CHUNKS_IN_BOUNDARY) ? areMultiples(chunkSize, boundary) : chunkSize % boundary == 0;
        return fitsChunk && Long.bitCount(boundary) == 1;
    }

    /** Tell whether the larger of two sizes is a multiple of the smaller; 0 goes with everything. */
    static boolean areMultiples(long one, long other) {
        long smaller = Math.min(one, other);
        return smaller == 0 || Math.max(one, other) % smaller == 0;
    }
}
