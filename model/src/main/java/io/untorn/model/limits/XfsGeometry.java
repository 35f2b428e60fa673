package io.untorn.model.limits;

import io.untorn.model.target.KernelVersion;

/**
 * An XFS file system of version 5 without a realtime section, as {@code XFS_IOC_FSGEOMETRY} reports it.
 *
 * @param blockSize bytes in a block; 0 in {@link #NONE} alone
 * @param groupBlocks blocks in an allocation group
 * @param sectorSize bytes in a sector of the data section
 * @param inodeSize bytes in an inode
 * @param reflink whether files can share blocks, and so be written out of place
 * @param reverseMapping whether there is a reverse mapping btree
 * @param largeExtentCounts whether a file may have more than 2^31 extents
 * @param log its log
 */
public record XfsGeometry(
        int blockSize,
        long groupBlocks,
        int sectorSize,
        int inodeSize,
        boolean reflink,
        boolean reverseMapping,
        boolean largeExtentCounts,
        XfsLog log) {
    /** Where there is no XFS. */
    public static final XfsGeometry NONE = new XfsGeometry(0, 0, 0, 0, false, false, false);

    /** The option {@code max_atomic_write} if it is not given. */
    public static final long NO_OPTION = 0;

    private static final KernelVersion FIRST = new KernelVersion(6, 13);
    private static final KernelVersion OUT_OF_PLACE = new KernelVersion(6, 16);
    private static final KernelVersion OPTION_NEEDS_SUPPORT = new KernelVersion(6, 17);
    private static final long MAX_WRITE = 0x7FFFF000;

    /** Create the geometry of a file system whose log nobody looked at. */
    public XfsGeometry(
            int blockSize,
            long groupBlocks,
            int sectorSize,
            int inodeSize,
            boolean reflink,
            boolean reverseMapping,
            boolean largeExtentCounts) {
        this(blockSize, groupBlocks, sectorSize, inodeSize, reflink, reverseMapping, largeExtentCounts, XfsLog.UNKNOWN);
    }

    /**
     * Return what statx reports of a regular file on the data section.
     *
     * <p>Before 6.13 nothing; before 6.16 one block, where the disk goes along. Then, with reflink, from a block up to
     * what one transaction can put into place, on any disk; what the disk does by itself is the optimum.
     *
     * <p>Source: kernel fs/xfs/xfs_iops.c, xfs_get_atomic_write_min, xfs_get_atomic_write_max,
     * xfs_get_atomic_write_max_opt; fs/xfs/xfs_buf.c, xfs_configure_buftarg_atomic_writes (6.17 to 7.3).
     *
     * @param option {@code max_atomic_write} of the mount, in bytes; {@link #NO_OPTION} without
     */
    public StatxAnswer statx(QueueLimits device, KernelVersion kernel, long option) {
        if (!kernel.isAtLeast(FIRST)) {
            return StatxAnswer.SILENT;
        }
        boolean byDisk = device.fits(blockSize);
        if (!reflink || !kernel.isAtLeast(OUT_OF_PLACE)) {
            long block = byDisk ? blockSize : 0;
            return StatxAnswer.filled(block, block, 0, kernel);
        }
        long blocks = Math.min(Math.min(maxWriteBlocks(), groupLimit(byDisk)), transactionLimit(option));
        long max = blocks * blockSize;
        long optimal = max <= blockSize || !byDisk ? 0 : Math.min(max, device.unitMax());
        return StatxAnswer.filled(blockSize, max, optimal, kernel);
    }

    /**
     * Tell whether a mount with {@code max_atomic_write} may succeed; where not, it fails with EINVAL. Linux 6.16 takes
     * the option without reflink too, where it has no effect.
     *
     * <p>Source: kernel fs/xfs/xfs_mount.c, xfs_set_max_atomic_write_opt (6.17 to 7.3), and the change "xfs: reject
     * max_atomic_write mount option for no reflink" (6.17).
     *
     * @param option bytes; {@link #NO_OPTION} is always good
     */
    public boolean accepts(long option, QueueLimits device, KernelVersion kernel) {
        return option == NO_OPTION
                || (isWholeBlocks(option) && Long.bitCount(option) == 1 && isWithinReach(option, device, kernel));
    }

    /** Tell whether a size is one of whole blocks. */
    public boolean isWholeBlocks(long option) {
        return option % blockSize == 0;
    }

    /**
     * Tell whether a write, a group and the log hold {@code max_atomic_write}, and the kernel takes it without reflink: one of
     * the checks of {@link #accepts}.
     *
     * @param option bytes
     */
    public boolean isWithinReach(long option, QueueLimits device, KernelVersion kernel) {
        long blocks = option / blockSize;
        return blocks <= maxWriteBlocks()
                && blocks <= groupLimit(device.fits(blockSize))
                && new XfsLogReservation(this).fitsLog(blocks)
                && isSupported(option, device, kernel);
    }

    private boolean isSupported(long option, QueueLimits device, KernelVersion kernel) {
        return reflink || !kernel.isAtLeast(OPTION_NEEDS_SUPPORT) || (option == blockSize && device.fits(blockSize));
    }

    private long maxWriteBlocks() {
        return Long.highestOneBit((MAX_WRITE + blockSize - 1) / blockSize);
    }

    /**
     * Return the most blocks of a group that one write can have: where the disk writes atomically, units must align with
     * the start of every group.
     *
     * <p>Source: kernel fs/xfs/xfs_mount.c, xfs_calc_group_awu_max (6.17 to 7.3).
     */
    private long groupLimit(boolean byDisk) {
        return byDisk ? Long.lowestOneBit(groupBlocks) : Long.highestOneBit(groupBlocks);
    }

    private long transactionLimit(long option) {
        return option == NO_OPTION
                ? Long.highestOneBit(new XfsLogReservation(this).atomicWriteBlocks())
                : option / blockSize;
    }
}
