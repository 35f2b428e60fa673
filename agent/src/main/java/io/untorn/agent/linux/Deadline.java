package io.untorn.agent.linux;

import java.time.Duration;

/** Bounds a wait for a completion. */
final class Deadline implements AutoCloseable {
    private final Duration limit;
    private final Timespec longest;
    private long end;

    Deadline(Duration limit) {
        this.limit = limit;
        this.longest = new Timespec(limit);
    }

    /** Return the address of the longest time to wait. */
    long address() {
        return longest.address();
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
        longest.close();
    }
}
