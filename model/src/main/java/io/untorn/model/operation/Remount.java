package io.untorn.model.operation;

import java.util.Locale;

/**
 * Mount the file system again and get the file's limits. A block device is opened again instead. An attribute of the
 * file is taken away for an unmount, and given back after the mount.
 *
 * @param maxAtomicWrite the value of XFS's option {@code max_atomic_write}, in bytes; 0 for no option
 */
public record Remount(Way way, long maxAtomicWrite) implements Operation {
    /** The two ways. */
    public enum Way {
        /**
         * Unmount, mount, and open the file again in the mode it had. If the mount fails, it is done without the
         * option.
         */
        UNMOUNT_AND_MOUNT,
        /** Change the option of the mounted file system (MS_REMOUNT); the file stays open. */
        LIVE
    }

    @Override
    public void touch(Footprint footprint) {}

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return way.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + (way == Way.LIVE ? " remount" : "")
                + (maxAtomicWrite == 0 ? "" : " with max_atomic_write=" + maxAtomicWrite);
    }
}
