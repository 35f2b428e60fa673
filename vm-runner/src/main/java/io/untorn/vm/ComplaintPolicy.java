package io.untorn.vm;

import io.untorn.agent.protocol.Marking;
import io.untorn.model.console.Splat;
import io.untorn.model.history.History;
import java.time.Duration;

/**
 * What follows when a kernel complained: for a while runs are watched, which marks their operations and waits less long
 * for a hang. A complaint may also come from a pause of this process.
 */
final class ComplaintPolicy {
    /** For how many runs after a complaint operations are marked, and a hang is waited for less long. */
    private static final int WATCHED_RUNS = 200;

    private int watched;
    private Duration slowest = Duration.ZERO;
    private int standStills = StandStill.count();

    /** Tell whether a history holds a complaint: the kernel printed one, or did not answer all operations. */
    static boolean isComplaint(History history) {
        return history.steps().size() < history.trace().operations().size()
                || !Splat.starts(history.console()).isEmpty();
    }

    /** Return how the next run is marked. */
    Marking marking() {
        return watched > 0 ? Marking.OPERATIONS : Marking.END;
    }

    /** Return how long to wait for the run that begins now, which counts as one of those that are watched. */
    Duration beginRun(HangTimeout hangTimeout) {
        Duration limit = watched > 0 ? hangTimeout.again(slowest) : hangTimeout.atFirst();
        watched = Math.max(0, watched - 1);
        return limit;
    }

    /** Know how long a run took that was answered. */
    void answered(Duration took) {
        slowest = took.compareTo(slowest) > 0 ? took : slowest;
    }

    /** Watch the next runs. */
    void complained() {
        watched = WATCHED_RUNS;
    }

    /** Tell whether this process stood still since this was asked last, so that the kernel may complain of that. */
    boolean stoodStill() {
        int before = standStills;
        standStills = StandStill.count();
        return standStills > before;
    }
}
