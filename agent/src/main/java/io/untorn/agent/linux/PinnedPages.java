package io.untorn.agent.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Count the pages that the kernel has pinned for direct I/O and not released, on the whole machine. */
public final class PinnedPages {
    private static final String COUNTERS = "/proc/vmstat";
    private static final byte[] ACQUIRED = "\nnr_foll_pin_acquired ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RELEASED = "\nnr_foll_pin_released ".getBytes(StandardCharsets.US_ASCII);

    /** Each processor counts on its own; whoever reads this adds it all up. A kernel for one processor does not have it. */
    private static final String REFRESH = "/proc/sys/vm/stat_refresh";

    private static final int ROOM = 64 << 10;

    private PinnedPages() {}

    /**
     * Return how many there are: what io_uring has registered among them.
     *
     * @throws IOException if the kernel does not count them
     */
    public static long held() throws IOException {
        try (AlignedBuffer text = AlignedBuffer.allocate(ROOM, Long.BYTES)) {
            read(REFRESH, text);
            return held(text.bytes().clear().limit(read(COUNTERS, text)));
        }
    }

    /** Return the number in a text with a line for each counter. */
    static long held(ByteBuffer counters) throws IOException {
        return value(counters, ACQUIRED) - value(counters, RELEASED);
    }

    /** Read what fits of a file, from its start; return how many bytes that is, 0 if it can't be read. */
    private static int read(String file, AlignedBuffer text) {
        int fd = LibC.open(file, Uapi.O_RDONLY | Uapi.O_CLOEXEC, 0);
        if (fd < 0) {
            return 0;
        }
        try (IoVectors segment = new IoVectors(1)) {
            int length = 0;
            long more = 1;
            while (more > 0 && length < text.size()) {
                segment.set(0, text.address() + length, text.size() - length);
                more = LibC.preadv2(fd, segment.address(), 1, length, 0);
                length += (int) Math.max(0, more);
            }
            return length;
        } finally {
            LibC.close(fd);
        }
    }

    private static long value(ByteBuffer counters, byte[] name) throws IOException {
        for (int start = 0; start + name.length < counters.limit(); start++) {
            if (isAt(counters, start, name)) {
                return number(counters, start + name.length);
            }
        }
        throw new IOException(COUNTERS + " has no " + new String(name, StandardCharsets.US_ASCII).strip());
    }

    private static boolean isAt(ByteBuffer counters, int start, byte[] name) {
        for (int i = 0; i < name.length; i++) {
            if (counters.get(start + i) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private static long number(ByteBuffer counters, int start) {
        long number = 0;
        for (int at = start; at < counters.limit() && counters.get(at) != '\n'; at++) {
            number = 10 * number + counters.get(at) - '0';
        }
        return number;
    }
}
