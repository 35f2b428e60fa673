package io.untorn.model.operation;

import java.util.Locale;

/** Look at what operations may leave behind that no read of the target shows. */
public record Audit(Aspect aspect) implements Operation {
    /** What is looked at. */
    public enum Aspect {
        /** Whether the pages of memory that were pinned for direct I/O have been released. */
        PINNED_PAGES,
        /**
         * Whether the file system is consistent: it is unmounted, checked by e2fsck -fn or xfs_repair -n, mounted without
         * options, and the file is opened again in the mode it had. On a block device nothing is done.
         */
        FILE_SYSTEM,
        /**
         * Whether blocks and inodes are free again once the file and its twin are gone: free space that was taken is given
         * back, the files are removed, the file system is unmounted, mounted without options and asked, and the files are
         * made again, empty. On a block device nothing is done.
         */
        FREE_SPACE
    }

    /** Tell whether the file system is unmounted for it; a block device is on none. */
    public boolean unmounts() {
        return aspect != Aspect.PINNED_PAGES;
    }

    @Override
    public void touch(Footprint footprint) {}

    @Override
    public boolean mayChange() {
        return aspect == Aspect.FREE_SPACE;
    }

    @Override
    public String toString() {
        return "audit of the " + aspect.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
