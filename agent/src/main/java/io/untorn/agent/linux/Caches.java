package io.untorn.agent.linux;

import java.nio.charset.StandardCharsets;

/** Have the kernel drop what it has cached and can read again. */
public final class Caches {
    private static final String CONTROL = "/proc/sys/vm/drop_caches";

    /** Pages, 1, and inodes and names, 2. */
    private static final byte[] ALL = "3".getBytes(StandardCharsets.US_ASCII);

    private Caches() {}

    /** Drop all that is not dirty, of the whole machine. Return 0 or a negated errno. */
    public static int drop() {
        int fd = LibC.open(CONTROL, Uapi.O_WRONLY | Uapi.O_CLOEXEC, 0);
        if (fd < 0) {
            return fd;
        }
        try (AlignedBuffer data = AlignedBuffer.allocate(ALL.length, Long.BYTES);
                IoVectors segment = new IoVectors(1)) {
            data.bytes().put(ALL);
            segment.set(0, data.address(), ALL.length);
            return (int) Math.min(0, LibC.pwritev2(fd, segment.address(), 1, 0, 0));
        } finally {
            LibC.close(fd);
        }
    }
}
