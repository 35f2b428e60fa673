package io.untorn.agent;

import io.untorn.agent.linux.AlignedBuffer;
import io.untorn.agent.linux.IoVectors;
import io.untorn.agent.linux.LibC;
import io.untorn.agent.linux.Uapi;
import io.untorn.agent.protocol.AgentException;
import java.nio.charset.StandardCharsets;

/** Writes lines into the kernel's log, from where they reach the console among the kernel's own. */
final class KernelLog implements AutoCloseable {
    private static final String DEVICE = "/dev/kmsg";

    /** The level KERN_INFO, which consoles show. */
    private static final String INFO = "<6>";

    private static final int LONGEST = 256;
    private static final int APPEND = -1;

    private final AlignedBuffer line = AlignedBuffer.allocate(LONGEST, Long.BYTES);
    private final IoVectors segment = new IoVectors(1);
    private final int fd;

    KernelLog() {
        this(DEVICE);
    }

    private KernelLog(String device) {
        fd = LibC.open(device, Uapi.O_WRONLY | Uapi.O_CLOEXEC, 0);
        if (fd < 0) {
            throw new AgentException(device + " can't be opened: errno " + -fd);
        }
    }

    /** Create one whose lines go nowhere, for a kernel whose log is not to be written to. */
    static KernelLog toNowhere() {
        return new KernelLog("/dev/null");
    }

    /**
     * Write a line of at most {@value #LONGEST} characters, its level and end included. Without an end the kernel would
     * keep it back until something else is logged.
     */
    void write(String text) {
        byte[] bytes = (INFO + text + '\n').getBytes(StandardCharsets.US_ASCII);
        line.bytes().clear().put(bytes);
        segment.set(0, line.address(), bytes.length);
        long result = LibC.pwritev2(fd, segment.address(), 1, APPEND, 0);
        if (result < 0) {
            throw new AgentException("a line to " + DEVICE + " failed: errno " + -result);
        }
    }

    @Override
    public void close() {
        LibC.close(fd);
        segment.close();
        line.close();
    }
}
