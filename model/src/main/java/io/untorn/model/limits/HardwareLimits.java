package io.untorn.model.limits;

/**
 * What a driver reports to the block layer about a disk's atomic writes, in bytes: {@code atomic_write_hw_*} of the
 * kernel's {@code struct queue_limits}.
 *
 * @param feature whether the driver sets {@code BLK_FEAT_ATOMIC_WRITES}; means nothing before Linux 6.13
 * @param unitMin smallest atomic write
 * @param unitMax largest atomic write
 * @param max most that merged atomic writes may come to; 0 where there are none
 * @param boundary what no atomic write may cross a multiple of; 0 for no such boundary
 */
public record HardwareLimits(boolean feature, long unitMin, long unitMax, long max, long boundary) {
    /** A disk without atomic writes. */
    public static final HardwareLimits NONE = new HardwareLimits(false, 0, 0, 0, 0);

    /**
     * Tell whether a place on the disk may be the start of a partition, or of a member of a stack, that takes atomic
     * writes: a multiple of the smallest unit and of the boundary, whichever is larger. The largest unit does not count.
     *
     * <p>Source: kernel include/linux/blkdev.h, blk_atomic_write_start_sect_aligned (6.14 to 7.3).
     *
     * @param start bytes from the start of the disk
     */
    public boolean mayStartAt(long start) {
        long alignment = Math.max(unitMin, boundary);
        return alignment == 0 || start % alignment == 0;
    }
}
