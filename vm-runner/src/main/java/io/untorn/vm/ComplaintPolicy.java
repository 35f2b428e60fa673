package io.untorn.vm;

import io.untorn.agent.protocol.Marking;
import io.untorn.model.history.Complaints;
import io.untorn.model.history.History;
import java.time.Duration;

/**
 * Decides how to run traces after a kernel complained: the next runs mark their operations and have a shorter hang timeout.
 * A complaint may also come from a pause of this process.
 */
final class ComplaintPolicy {
    /** The number of runs after a complaint that mark their operations and have a shorter hang timeout. */
    private static final int WATCHED_RUNS = 200;

    private int watched;
    private Duration slowest = Duration.ZERO;
    private int pauses = PauseDetector.count();

    /** Tell whether a history holds a complaint: the kernel printed one, or did not answer all operations. */
    static boolean isComplaint(History history) {
        return history.steps().size() < history.trace().operations().size()
                || !Complaints.of(history).isEmpty();
    }

    /** Return how the next run is marked. */
    Marking marking() {
        return watched > 0 ? Marking.OPERATIONS : Marking.END;
    }

    /** Return how long to wait for the run that begins now, and count it as a watched one. */
    Duration beginRun(HangTimeout hangTimeout) {
        Duration limit = watched > 0 ? hangTimeout.again(slowest) : hangTimeout.atFirst();
        watched = Math.max(0, watched - 1);
        return limit;
    }

    /** Record how long an answered run took. */
    void answered(Duration took) {
        slowest = took.compareTo(slowest) > 0 ? took : slowest;
    }

    /** Watch the next runs. */
    void complained() {
        watched = WATCHED_RUNS;
    }

    /** Tell whether this process was paused since the last call, which the kernel may report as a lockup. */
    boolean wasPaused() {
        int before = pauses;
        pauses = PauseDetector.count();
        return pauses > before;
    }
}
