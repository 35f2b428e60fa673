package io.untorn.model.limits;

import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.Limits;

/**
 * What statx(2) answers to {@code STATX_WRITE_ATOMIC}.
 *
 * @param limits the fields, and the attribute
 * @param inMask whether {@code STATX_WRITE_ATOMIC} is in {@code stx_mask}
 * @param inAttributesMask whether {@code STATX_ATTR_WRITE_ATOMIC} is in {@code stx_attributes_mask}
 */
public record StatxAnswer(Limits limits, boolean inMask, boolean inAttributesMask) {
    /** The answer of a file that knows nothing of atomic writes. */
    public static final StatxAnswer SILENT = new StatxAnswer(Limits.NONE, false, false);

    private static final KernelVersion FIRST = new KernelVersion(6, 11);
    private static final KernelVersion OPTIMAL = new KernelVersion(6, 16);

    /**
     * Return what the kernel fills in: both masks in any case; the limits, one segment and the attribute only where there
     * is a smallest unit.
     *
     * <p>Source: kernel fs/stat.c, generic_fill_statx_atomic_writes (6.12 to 7.3).
     *
     * @param unitMaxOptimal bytes; dropped before 6.16, which has no field for it
     */
    public static StatxAnswer filled(long unitMin, long unitMax, long unitMaxOptimal, KernelVersion kernel) {
        long optimal = kernel.isAtLeast(OPTIMAL) ? unitMaxOptimal : 0;
        return new StatxAnswer(unitMin == 0 ? Limits.NONE : new Limits(unitMin, unitMax, optimal, 1, true), true, true);
    }

    /**
     * Return the answer of a block device: the limits of its queue, or silence where it can't write atomically.
     *
     * <p>Source: kernel block/bdev.c, bdev_statx (6.12 to 7.3).
     */
    public static StatxAnswer ofDevice(QueueLimits device, KernelVersion kernel) {
        return kernel.isAtLeast(FIRST) && device.supported()
                ? filled(device.unitMin(), device.unitMax(), 0, kernel)
                : SILENT;
    }
}
