package io.untorn.vm;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts how often this process did not run for a while: a terminal's Ctrl-Z, a debugger, a host that suspends. The time
 * of a guest may jump ahead then, and its kernel takes that for a lockup.
 */
final class StandStill {
    private static final Duration BEAT = Duration.ofMillis(500);
    private static final Duration LATE = Duration.ofSeconds(3);
    private static final StandStill OF_THIS_PROCESS = new StandStill().beating();

    private final AtomicInteger count = new AtomicInteger();

    /** Return how often that was since this class came into use. */
    static int count() {
        return OF_THIS_PROCESS.count.get();
    }

    private StandStill beating() {
        Thread heart = new Thread(this::beat, "untorn-heartbeat");
        heart.setDaemon(true);
        heart.start();
        return this;
    }

    private void beat() {
        try {
            for (long last = System.nanoTime(); ; ) {
                Thread.sleep(BEAT.toMillis());
                long now = System.nanoTime();
                note(Duration.ofNanos(now - last));
                last = now;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void note(Duration betweenBeats) {
        if (betweenBeats.compareTo(LATE) > 0) {
            count.incrementAndGet();
        }
    }
}
