package io.untorn.model.limits;

import io.untorn.model.target.KernelVersion;

/**
 * What makes one block device out of others, and since when it passes atomic writes on.
 *
 * <p>Source: kernel drivers/md/raid0.c, raid1.c, raid10.c, md-linear.c (BLK_FEAT_ATOMIC_WRITES); drivers/md/dm-linear.c,
 * dm-stripe.c, dm-raid1.c, dm-mpath.c, dm-crypt.c (DM_TARGET_ATOMIC_WRITES).
 */
public enum StackKind {
    /** md raid0. */
    MD_RAID0(6, 13),
    /** md raid1. */
    MD_RAID1(6, 13),
    /** md raid10. */
    MD_RAID10(6, 13),
    /** md linear. */
    MD_LINEAR(6, 19),
    /** md raid4, raid5 and raid6. */
    MD_RAID456,
    /** dm linear, so plain LVM volumes. */
    DM_LINEAR(6, 14),
    /** dm striped. */
    DM_STRIPED(6, 14),
    /** dm mirror. */
    DM_MIRROR(6, 14),
    /** dm multipath. */
    DM_MULTIPATH(6, 19),
    /** dm crypt. */
    DM_CRYPT(6, 19),
    /** Any other dm target. */
    DM_OTHER;

    private final int major;
    private final int minor;

    StackKind() {
        this(Integer.MAX_VALUE, 0);
    }

    StackKind(int major, int minor) {
        this.major = major;
        this.minor = minor;
    }

    /** Tell whether a kernel passes atomic writes on through this kind. */
    public boolean passesAtomicWrites(KernelVersion kernel) {
        return kernel.isAtLeast(new KernelVersion(major, minor));
    }
}
