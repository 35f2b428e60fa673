package io.untorn.agent.linux;

import io.untorn.agent.linux.struct.timespec;
import java.time.Duration;

/** Own the {@code struct timespec} that bounds a wait for a completion. */
final class Deadline implements AutoCloseable {
    private static final timespec LAYOUT = new timespec();

    private final Duration limit;
    private final AlignedBuffer memory = AlignedBuffer.allocate(LAYOUT.size(), Long.BYTES);
    private long end;

    Deadline(Duration limit) {
        this.limit = limit;
        memory.bytes()
                .putLong(LAYOUT.offsetOf("tv_sec"), limit.toSeconds())
                .putLong(LAYOUT.offsetOf("tv_nsec"), limit.toNanosPart());
    }

    /** Return the address of the longest time to wait. */
    long address() {
        return memory.address();
    }

    /** Begin to wait. */
    void begin() {
        end = System.nanoTime() + limit.toNanos();
    }

    /**
     * Go on waiting.
     *
     * @throws NoCompletionException if the time is over
     */
    void check(String engine) throws NoCompletionException {
        if (System.nanoTime() - end >= 0) {
            throw new NoCompletionException(engine, limit);
        }
    }

    @Override
    public void close() {
        memory.close();
    }
}
