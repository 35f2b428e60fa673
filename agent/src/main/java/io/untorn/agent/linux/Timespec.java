package io.untorn.agent.linux;

import io.untorn.agent.linux.struct.timespec;
import java.time.Duration;

/** Own a {@code struct timespec}. */
final class Timespec implements AutoCloseable {
    private static final timespec LAYOUT = new timespec();

    private final AlignedBuffer memory = AlignedBuffer.allocate(LAYOUT.size(), Long.BYTES);

    Timespec(Duration time) {
        memory.bytes()
                .putLong(LAYOUT.offsetOf("tv_sec"), time.toSeconds())
                .putLong(LAYOUT.offsetOf("tv_nsec"), time.toNanosPart());
    }

    long address() {
        return memory.address();
    }

    @Override
    public void close() {
        memory.close();
    }
}
