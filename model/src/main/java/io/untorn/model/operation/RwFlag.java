package io.untorn.model.operation;

import io.untorn.model.target.KernelVersion;

/**
 * A flag of pwritev2(2) and preadv2(2), by its name in {@code include/uapi/linux/fs.h} without {@code RWF_}.
 */
public enum RwFlag {
    HIPRI(0x1, 4, 6),
    DSYNC(0x2, 4, 7),
    SYNC(0x4, 4, 7),
    NOWAIT(0x8, 4, 13),
    APPEND(0x10, 4, 16),
    NOAPPEND(0x20, 6, 9),
    ATOMIC(0x40, 6, 11),
    DONTCACHE(0x80, 6, 14),
    NOSIGNAL(0x100, 6, 18),
    /** A bit that no kernel knows. */
    UNKNOWN(0x4000_0000, Integer.MAX_VALUE, 0);

    private final int bit;
    private final int major;
    private final int minor;

    RwFlag(int bit, int major, int minor) {
        this.bit = bit;
        this.major = major;
        this.minor = minor;
    }

    /** Return the flag's bit. */
    public int bit() {
        return bit;
    }

    /** Return the first version that knows the flag. */
    public KernelVersion since() {
        return new KernelVersion(major, minor);
    }
}
