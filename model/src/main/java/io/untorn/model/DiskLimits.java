package io.untorn.model;

/**
 * The atomic write limits of a disk, in bytes: what its profile promises, or what its request queue tells in sysfs
 * ({@code queue/atomic_write_unit_min_bytes}, {@code …_unit_max_bytes}).
 *
 * @param unitMin smallest atomic write; 0 where the disk, or its kernel, knows none
 * @param unitMax largest atomic write; 0 likewise
 */
public record DiskLimits(long unitMin, long unitMax) {
    public static final DiskLimits NONE = new DiskLimits(0, 0);

    /** Tell whether the disk takes atomic writes. */
    public boolean supported() {
        return unitMin != 0;
    }
}
