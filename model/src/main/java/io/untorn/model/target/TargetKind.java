package io.untorn.model.target;

/** What a trace runs on. */
public enum TargetKind {
    /** A block device, opened by its node. */
    BLOCK_DEVICE,
    /** A regular file on ext4, with bigalloc or without. */
    EXT4,
    /** A regular file on the data section of an XFS. */
    XFS;

    /** Tell whether the target is a regular file: it grows, shrinks and has holes. */
    public boolean isFile() {
        return this != BLOCK_DEVICE;
    }
}
