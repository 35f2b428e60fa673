package io.untorn.model.limits;

import java.nio.ByteBuffer;

/**
 * What a SCSI disk promises, as its Block Limits page (VPD B0h) says it, in logical blocks.
 *
 * @param maxLength maximum atomic transfer length; 0 if there is none without a boundary
 * @param alignment atomic alignment; 0 or 1 for any
 * @param granularity atomic transfer length granularity; 0 if the page does not say
 * @param maxLengthWithBoundary maximum atomic transfer length with atomic boundary
 * @param maxBoundary maximum atomic boundary size
 * @param logicalBlockSize bytes in a logical block
 * @param physicalBlockSize bytes in a physical block
 * @param protectionType T10 protection information, 0 to 3
 */
public record ScsiProfile(
        long maxLength,
        long alignment,
        long granularity,
        long maxLengthWithBoundary,
        long maxBoundary,
        int logicalBlockSize,
        int physicalBlockSize,
        int protectionType) {
    private static final int SHORTEST_PAGE = 64;
    private static final int ATOMIC_FIELDS = 44;
    private static final int PI_TYPE_2 = 2;

    /**
     * Read a Block Limits page. Where it is too short to speak of atomic writes, there are none.
     *
     * <p>Source: SBC-4, Block Limits VPD page; kernel drivers/scsi/sd.c, sd_read_block_limits (6.12 to 7.3).
     *
     * @param page the whole page with its header of 4 bytes, or no bytes where the disk has no such page
     */
    public static ScsiProfile parse(byte[] page, int logicalBlockSize, int physicalBlockSize, int protectionType) {
        ByteBuffer fields = page.length < SHORTEST_PAGE
                ? ByteBuffer.allocate(SHORTEST_PAGE - ATOMIC_FIELDS)
                : ByteBuffer.wrap(page, ATOMIC_FIELDS, SHORTEST_PAGE - ATOMIC_FIELDS);
        return new ScsiProfile(
                Integer.toUnsignedLong(fields.getInt()),
                Integer.toUnsignedLong(fields.getInt()),
                Integer.toUnsignedLong(fields.getInt()),
                Integer.toUnsignedLong(fields.getInt()),
                Integer.toUnsignedLong(fields.getInt()),
                logicalBlockSize,
                physicalBlockSize,
                protectionType);
    }

    /**
     * Return what the driver makes of the page.
     *
     * <p>A disk that has only a maximum boundary of 0 to offer gives a largest unit of 0 here; the kernel leaves that
     * case undefined.
     *
     * <p>Source: kernel drivers/scsi/sd.c, sd_config_atomic (6.12 to 7.3).
     */
    public HardwareLimits hardwareLimits() {
        if ((maxLength == 0 && maxLengthWithBoundary == 0) || protectionType == PI_TYPE_2) {
            return HardwareLimits.NONE;
        }
        long unitMin = Long.highestOneBit(granularity != 0 ? granularity : physicalBlockSize / logicalBlockSize);
        long unitMax = Long.highestOneBit(maxLength != 0 ? maxLength : maxBoundary);
        if (!suits(unitMin) || !suits(unitMax)) {
            return HardwareLimits.NONE;
        }
        long max = maxLength != 0 ? maxLength : maxLengthWithBoundary;
        return new HardwareLimits(
                true, unitMin * logicalBlockSize, unitMax * logicalBlockSize, max * logicalBlockSize, 0);
    }

    private boolean suits(long unit) {
        return unit <= 1
                || ((granularity <= 1 || unit % granularity == 0) && (alignment <= 1 || unit % alignment == 0));
    }
}
