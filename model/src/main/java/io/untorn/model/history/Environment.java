package io.untorn.model.history;

import io.untorn.model.limits.Disk;
import io.untorn.model.limits.StatxAnswer;
import io.untorn.model.limits.XfsGeometry;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.Limits;

/**
 * What a trace found when it began.
 *
 * @param release the running kernel, as {@code uname -r} prints it
 * @param statx what statx reported about atomic writes to the freshly opened target
 * @param disk the disk under the target
 * @param xfs the geometry of the file system; {@link XfsGeometry#NONE} where it is not XFS
 * @param directAlignment {@code stx_dio_offset_align}: bytes that offset and length of direct I/O are multiples of; the
 *     logical block size if statx does not report it
 * @param memoryAlignment {@code stx_dio_mem_align}: bytes that the address of a buffer for direct I/O is a multiple of;
 *     the logical block size if statx does not report it
 * @param size bytes in the target at the start: a device's size, 0 for a new file
 */
public record Environment(
        String release,
        StatxAnswer statx,
        Disk disk,
        XfsGeometry xfs,
        int directAlignment,
        int memoryAlignment,
        long size) {

    public Environment {
        if (directAlignment < 1 || memoryAlignment < 1) {
            throw new IllegalArgumentException(
                    "direct I/O alignment below 1: " + Math.min(directAlignment, memoryAlignment));
        }
    }

    /** Return the version that rules turn on. */
    public KernelVersion kernel() {
        return KernelVersion.parse(release);
    }

    /** Return the limits that statx reported. */
    public Limits limits() {
        return statx.limits();
    }
}
