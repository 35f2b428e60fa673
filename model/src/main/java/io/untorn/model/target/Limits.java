package io.untorn.model.target;

/**
 * What statx(2) reports about atomic writes to one file, in bytes but for the segments.
 *
 * @param unitMin {@code stx_atomic_write_unit_min}; 0 where atomic writes are not supported
 * @param unitMax {@code stx_atomic_write_unit_max}; 0 where not supported
 * @param unitMaxOptimal {@code stx_atomic_write_unit_max_opt} (since Linux 6.16); 0 if the kernel reports none
 * @param segmentsMax {@code stx_atomic_write_segments_max}, in iovec elements; 0 where not supported
 * @param attribute whether {@code STATX_ATTR_WRITE_ATOMIC} is set in {@code stx_attributes}
 */
public record Limits(long unitMin, long unitMax, long unitMaxOptimal, long segmentsMax, boolean attribute) {
    /** The limits of a file that can't take atomic writes. */
    public static final Limits NONE = new Limits(0, 0, 0, 0, false);

    /** Tell whether the file takes atomic writes: the attribute says so, or a limit is there. */
    public boolean supported() {
        return attribute || unitMin != 0;
    }
}
