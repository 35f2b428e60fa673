package io.untorn.agent.linux;

/**
 * What {@code statx} reported of a file. A field counts only if {@code mask} has its bit; kernels that do not know a
 * field leave it 0.
 *
 * @param mask which fields the kernel filled, {@code STATX_*}
 * @param attributes {@code STATX_ATTR_*}
 * @param attributesMask which attributes the file system supports
 * @param mode type and permissions
 * @param size in bytes
 * @param blocks allocated, of 512 bytes each
 * @param blksize preferred size of I/O in bytes
 * @param dioMemAlign alignment of memory for direct I/O in bytes, 0 if the file has no direct I/O
 * @param dioOffsetAlign alignment of offset and length for direct I/O in bytes
 * @param dioReadOffsetAlign the same for direct reads, 0 if it is {@code dioOffsetAlign}; since Linux 6.14
 * @param atomicWriteUnitMin the shortest atomic write in bytes, 0 if there are none; since Linux 6.11
 * @param atomicWriteUnitMax the longest atomic write in bytes; since Linux 6.11
 * @param atomicWriteUnitMaxOpt the longest atomic write that is fast, in bytes, 0 if it is {@code atomicWriteUnitMax};
 *     since Linux 6.16
 * @param atomicWriteSegmentsMax the most segments of an atomic write; since Linux 6.11
 */
public record StatxResult(
        int mask,
        long attributes,
        long attributesMask,
        int mode,
        long size,
        long blocks,
        int blksize,
        int dioMemAlign,
        int dioOffsetAlign,
        int dioReadOffsetAlign,
        int atomicWriteUnitMin,
        int atomicWriteUnitMax,
        int atomicWriteUnitMaxOpt,
        int atomicWriteSegmentsMax) {
    /** Return the same of a file with other attributes, and other limits of atomic writes. */
    public StatxResult with(long otherAttributes, int unitMin, int unitMax, int unitMaxOpt, int segmentsMax) {
        return new StatxResult(
                mask,
                otherAttributes,
                attributesMask,
                mode,
                size,
                blocks,
                blksize,
                dioMemAlign,
                dioOffsetAlign,
                dioReadOffsetAlign,
                unitMin,
                unitMax,
                unitMaxOpt,
                segmentsMax);
    }
}
