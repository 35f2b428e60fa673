package io.untorn.model;

/**
 * What a trace found when it began.
 *
 * @param release the running kernel, as {@code uname -r} prints it
 * @param limits what statx told about the freshly opened target
 * @param profile what the disk under the target is made to promise
 * @param queue what the disk's request queue tells in sysfs
 * @param directAlignment {@code stx_dio_offset_align}: bytes that offset and length of direct I/O are multiples of; the
 *     logical block size where statx does not tell
 * @param size bytes in the target at the start: a device's size, 0 for a new file
 */
public record Environment(
        String release, Limits limits, DiskLimits profile, DiskLimits queue, int directAlignment, long size) {

    public Environment {
        if (directAlignment < 1) {
            throw new IllegalArgumentException("direct I/O alignment below 1: " + directAlignment);
        }
    }

    /** Return {@code stx_dio_mem_align}: bytes that the memory of direct I/O is aligned to. */
    public int memoryAlignment() {
        return 4;
    }

    /** Return the version that rules turn on. */
    public KernelVersion kernel() {
        return KernelVersion.parse(release);
    }
}
