package io.untorn.model;

/**
 * Where a trace runs.
 *
 * @param name the name that users give and read, for example {@code ext4}
 * @param kind block device, or a file of which file system
 * @param blockSize bytes of a file system block; of a logical block for a block device. A power of two
 */
public record Target(String name, TargetKind kind, int blockSize) {
    public Target {
        if (Integer.bitCount(blockSize) != 1) {
            throw new IllegalArgumentException("block size is not a power of two: " + blockSize);
        }
    }

    /** Return the bytes in which a file's space is handed out: the blocks of the file system. */
    public int allocationUnit() {
        return blockSize;
    }

    @Override
    public String toString() {
        return name;
    }
}
