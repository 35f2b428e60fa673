package io.untorn.model.limits;

import io.untorn.model.target.KernelVersion;

/**
 * The atomic write limits of a request queue, in bytes, as sysfs reports them: {@code queue/atomic_write_*_bytes}.
 *
 * @param unitMin smallest atomic write; 0 where the disk, or its kernel, knows none
 * @param unitMax largest atomic write
 * @param max most that merged atomic writes may come to
 * @param boundary what no atomic write may cross a multiple of; 0 for no such boundary
 */
public record QueueLimits(long unitMin, long unitMax, long max, long boundary) {
    /** The limits of a queue without atomic writes. */
    public static final QueueLimits NONE = new QueueLimits(0, 0, 0, 0);

    private static final KernelVersion DISK_COUNTS = new KernelVersion(6, 14);

    /** Tell whether the queue takes atomic writes. */
    public boolean supported() {
        return unitMin != 0;
    }

    /** Tell whether one block of a file system can be written atomically by the disk itself. */
    boolean fits(int blockSize) {
        return supported() && unitMin <= blockSize && blockSize <= unitMax;
    }

    /**
     * Return the limits of a partition: those of the disk, or none where it starts in the wrong place. Before 6.14 the
     * queue's smallest unit counts, then the disk's.
     *
     * <p>Source: kernel include/linux/blkdev.h, bdev_can_atomic_write (6.12 to 7.3).
     *
     * @param start bytes from the start of the disk to that of the partition
     */
    public QueueLimits ofPartition(long start, HardwareLimits hardware, KernelVersion kernel) {
        HardwareLimits counting = kernel.isAtLeast(DISK_COUNTS)
                ? hardware
                : new HardwareLimits(hardware.feature(), unitMin, unitMax, max, hardware.boundary());
        return counting.mayStartAt(start) ? this : NONE;
    }
}
