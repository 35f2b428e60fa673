package io.untorn.model.target;

/**
 * Where a trace runs.
 *
 * @param name the name that users give and read, for example {@code ext4}
 * @param kind block device, or a file of which file system
 * @param blockSize bytes of a file system block; of a logical block for a block device. A power of two
 * @param clusterSize bytes that are allocated together: the block size but for ext4 with bigalloc. A power of two, at
 *     least the block size
 * @param reflink whether files can share blocks; only XFS can
 */
public record Target(String name, TargetKind kind, int blockSize, int clusterSize, boolean reflink) {
    public Target {
        if (Integer.bitCount(blockSize) != 1) {
            throw new IllegalArgumentException("block size is not a power of two: " + blockSize);
        }
        if (Integer.bitCount(clusterSize) != 1 || clusterSize < blockSize) {
            throw new IllegalArgumentException(
                    "cluster size is not a power of two, or less than a block of " + blockSize + ": " + clusterSize);
        }
    }

    /** Return the bytes in which a file's space is handed out: clusters of blocks. */
    public int allocationUnit() {
        return clusterSize;
    }

    /**
     * Return the largest size of a file, in bytes: on ext4 as many blocks as numbers of 32 bits, less one
     * (fs/ext4/super.c, ext4_max_size, 6.1 to 7.3); XFS has none that an operation reaches (MAX_LFS_FILESIZE).
     */
    public long largestFile() {
        return kind == TargetKind.EXT4 ? 0xffff_ffffL * blockSize : Long.MAX_VALUE;
    }

    @Override
    public String toString() {
        return name;
    }
}
