package io.untorn.vm.qemu;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Tells when a process has next to nothing to do. */
final class Idleness {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration HELD = Duration.ofMillis(300);

    /** A tenth of the time between two looks, and the least that the kernel tells apart. */
    private static final Duration NEXT_TO_NOTHING = POLL.dividedBy(10);

    private final ProcessHandle process;
    private Duration used;

    private Idleness(ProcessHandle process) {
        this.process = process;
        used = processorTime();
    }

    /** Wait until a process has done next to nothing for {@code HELD}, has ended, or a limit is over. */
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
            // It may never be.
        }
    }

    private boolean hasIdled() {
        Duration before = used;
        used = processorTime();
        return used.minus(before).compareTo(NEXT_TO_NOTHING) <= 0;
    }

    private Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
