package io.untorn.model.limits;

import io.untorn.model.target.KernelVersion;

/**
 * What an NVMe namespace and its controller promise on a power failure, as their Identify structures say it.
 *
 * @param blockShift LBADS: the logical block size is two to this power, in bytes
 * @param nabo NABO: offset of the first boundary, in logical blocks
 * @param nsabp NSFEAT.NSABP: whether the namespace's own values count
 * @param nawupf NAWUPF: the namespace's atomic write unit in logical blocks, less one
 * @param nabspf NABSPF: the namespace's boundary in logical blocks, less one; 0 for none
 * @param awupf AWUPF: the controller's atomic write unit in logical blocks, less one
 */
public record NvmeProfile(int blockShift, int nabo, boolean nsabp, int nawupf, int nabspf, int awupf) {
    private static final KernelVersion NAMESPACE_ALONE = new KernelVersion(7, 0);

    /**
     * Return what the driver makes of it: at least one logical block, unless the boundaries have an offset. From 7.0 on
     * the controller's value does not count.
     *
     * <p>Source: kernel drivers/nvme/host/core.c, nvme_configure_atomic_write (6.12 to 7.3).
     */
    public HardwareLimits hardwareLimits(KernelVersion kernel) {
        if (nabo != 0) {
            return HardwareLimits.NONE;
        }
        long block = 1L << blockShift;
        boolean own = nsabp && nawupf != 0;
        long blocks = own ? 1 + nawupf : kernel.isAtLeast(NAMESPACE_ALONE) ? 1 : 1 + awupf;
        long boundary = own && nabspf != 0 ? (1 + nabspf) * block : 0;
        return new HardwareLimits(true, block, Long.highestOneBit(blocks) * block, blocks * block, boundary);
    }
}
