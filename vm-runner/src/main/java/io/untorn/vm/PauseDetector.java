package io.untorn.vm;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Count the pauses of this process: a terminal's Ctrl-Z, a debugger, a suspended host. A guest's clock may jump ahead
 * then, and its kernel may report that as a lockup.
 */
final class PauseDetector {
    private static final Duration BEAT = Duration.ofMillis(500);
    private static final Duration LATE = Duration.ofSeconds(3);
    private static final PauseDetector OF_THIS_PROCESS = new PauseDetector().beating();

    private final AtomicInteger count = new AtomicInteger();

    /** Return how many pauses there were since this class was first used. */
    static int count() {
        return OF_THIS_PROCESS.count.get();
    }

    private PauseDetector beating() {
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
