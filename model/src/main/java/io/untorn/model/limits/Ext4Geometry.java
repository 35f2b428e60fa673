package io.untorn.model.limits;

import io.untorn.model.target.KernelVersion;

/**
 * An ext4 file system with the extents feature.
 *
 * @param blockSize bytes in a block
 * @param clusterSize bytes in a cluster; the block size without bigalloc
 */
public record Ext4Geometry(int blockSize, int clusterSize) {
    private static final KernelVersion FIRST = new KernelVersion(6, 13);
    private static final KernelVersion CLUSTERS = new KernelVersion(6, 16);

    /**
     * Return what statx reports of a regular file: from a block to a cluster, within the disk's limits. Before 6.16 a
     * cluster counts no more than a block, before 6.13 there is nothing.
     *
     * <p>Source: kernel fs/ext4/super.c, ext4_atomic_write_init; fs/ext4/inode.c, ext4_getattr (6.16 to 7.3).
     */
    public StatxAnswer statx(QueueLimits device, KernelVersion kernel) {
        if (!kernel.isAtLeast(FIRST)) {
            return StatxAnswer.SILENT;
        }
        long min = Math.max(blockSize, device.unitMin());
        long max = Math.min(kernel.isAtLeast(CLUSTERS) ? clusterSize : blockSize, device.unitMax());
        return device.supported() && min <= max
                ? StatxAnswer.filled(min, max, 0, kernel)
                : StatxAnswer.filled(0, 0, 0, kernel);
    }
}
