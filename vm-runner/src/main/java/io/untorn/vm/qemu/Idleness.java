package io.untorn.vm.qemu;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waits until a process is almost idle. */
final class Idleness {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration HELD = Duration.ofMillis(300);

    /** A tenth of the polling interval, and the resolution of the processor time. */
    private static final Duration ALMOST_IDLE = POLL.dividedBy(10);

    private final ProcessHandle process;
    private Duration used;

    private Idleness(ProcessHandle process) {
        this.process = process;
        used = processorTime();
    }

    /** Wait until a process was almost idle for {@code HELD}, has ended, or a limit passed. */
    static void await(ProcessHandle process, Duration limit) {
        Idleness idleness = new Idleness(process);
        try {
            Awaitility.await()
                    .atMost(limit)
                    .pollInSameThread()
                    .pollDelay(POLL)
                    .pollInterval(POLL)
                    .during(HELD)
                    .until(idleness::hasIdled);
        } catch (ConditionTimeoutException e) {
            // It may never be idle.
        }
    }

    private boolean hasIdled() {
        Duration before = used;
        used = processorTime();
        return used.minus(before).compareTo(ALMOST_IDLE) <= 0;
    }

    private Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
