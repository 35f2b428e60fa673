package io.untorn.model.operation;

import java.util.Locale;

/** Write back what is cached, by one of five ways. */
public record Sync(Way way) implements Operation {
    /** The ways; all but {@code SYNC_FILE_RANGE} make durable what was written. */
    public enum Way {
        /** fsync(2). */
        FSYNC,
        /** fdatasync(2). */
        FDATASYNC,
        /** sync_file_range(2) over the whole file, waiting before and after. */
        SYNC_FILE_RANGE,
        /** syncfs(2). */
        SYNCFS,
        /** ioctl_fsfreeze: FIFREEZE of the file system, and then FITHAW; a block device's node is on none that can be. */
        FREEZE
    }

    /** Create an fsync(2). */
    public static Sync fsync() {
        return new Sync(Way.FSYNC);
    }

    @Override
    public void touch(Footprint footprint) {}

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return way.name().toLowerCase(Locale.ROOT);
    }
}
