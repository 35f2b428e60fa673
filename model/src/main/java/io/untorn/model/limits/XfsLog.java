package io.untorn.model.limits;

/**
 * The log of an XFS file system, as {@code XFS_IOC_FSGEOMETRY} reports it.
 *
 * @param blocks its size, in blocks of the file system
 * @param stripeUnit {@code sb_logsunit}, in bytes; 0 or 1 for none
 */
public record XfsLog(long blocks, int stripeUnit) {
    /** Where nobody looked: it is taken to hold everything. */
    public static final XfsLog UNKNOWN = new XfsLog(0, 0);

    private static final int SECTOR = 512;
    private static final int RECORD = 32 << 10;
    private static final int FACTOR = 3;
    private static final int OPERATION_HEADER = 12;
    private static final int TRANSACTION_HEADER = 16;

    /**
     * Tell whether the log is large enough for transactions of a size that follow one another.
     *
     * <p>Source: kernel fs/xfs/libxfs/xfs_log_rlimit.c, xfs_log_calc_minimum_size; fs/xfs/xfs_log.c,
     * xlog_calc_unit_res, xlog_get_iclog_buffer_size (7.3), for the default size of the log's buffers.
     *
     * @param reservation bytes that one transaction logs
     * @param count how many follow one another
     * @param blockSize bytes in a block of the file system
     * @param sectorSize bytes in a sector of the log
     */
    boolean holds(long reservation, int count, int blockSize, int sectorSize) {
        if (equals(UNKNOWN)) {
            return true;
        }
        long bytes = count * withHeaders(reservation, sectorSize);
        long sectors = ceilDiv(bytes, SECTOR);
        long unit = ceilDiv(stripeUnit, SECTOR);
        long least = stripeUnit > 1 ? ceilDiv(sectors, unit) * unit + 2 * unit : sectors + 2 * SECTOR;
        return ceilDiv(FACTOR * least * SECTOR, blockSize) <= blocks;
    }

    private long withHeaders(long reservation, int sectorSize) {
        int record = Math.max(RECORD, stripeUnit);
        long header = SECTOR * ceilDiv(record, RECORD);
        long room = record - header;
        long bytes = reservation + OPERATION_HEADER + TRANSACTION_HEADER + OPERATION_HEADER;
        long headers = ceilDiv(bytes, room);
        bytes += OPERATION_HEADER * headers;
        while (ceilDiv(bytes, room) > headers) {
            bytes += OPERATION_HEADER;
            headers++;
        }
        return bytes + header * (headers + 1) + 2L * (stripeUnit > 1 ? stripeUnit : sectorSize);
    }

    private static long ceilDiv(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
