package io.untorn.vm;

import io.untorn.agent.protocol.Marking;
import io.untorn.model.console.Splat;
import io.untorn.model.console.SplatKind;
import io.untorn.model.history.Complaints;
import io.untorn.model.history.History;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Decides how to run traces after a kernel complained of something new: the next runs mark their operations and have a shorter hang timeout.
 * A complaint may also come from a pause of this process.
 */
final class ComplaintPolicy {
    /** The number of runs after one without an answer that mark their operations and have a shorter hang timeout. */
    private static final int WATCHED_AFTER_A_HANG = 200;

    /** The number of such runs after the kernel printed something new. What it printed before is mostly known already. */
    private static final int WATCHED_AFTER_A_NEW_COMPLAINT = 20;

    private final Set<Source> seen = new HashSet<>();
    private int watched;
    private boolean hangExpected;
    private Duration slowest = Duration.ZERO;
    private int pauses = PauseDetector.count();

    /** What printed a complaint. */
    private record Source(SplatKind kind, Optional<Splat.Place> place) {
        static Source of(Splat splat) {
            return new Source(splat.kind(), splat.place());
        }
    }

    /** Tell whether a history holds a complaint: the kernel printed one, or did not answer all operations. */
    static boolean isComplaint(History history) {
        return !isAnswered(history) || !Complaints.of(history).isEmpty();
    }

    private static boolean isAnswered(History history) {
        return history.steps().size() == history.trace().operations().size();
    }

    /** Return how the next run is marked. */
    Marking marking() {
        return watched > 0 ? Marking.OPERATIONS : Marking.END;
    }

    /** Return how long to wait for the run that begins now, and count it as a watched one. */
    Duration beginRun(HangTimeout hangTimeout) {
        Duration limit = watched == 0
                ? hangTimeout.atFirst()
                : hangExpected ? hangTimeout.asBefore(slowest) : hangTimeout.again(slowest);
        hangExpected = false;
        watched = Math.max(0, watched - 1);
        return limit;
    }

    /** Wait for the next run no longer than a hang before it tells. */
    void expectHang() {
        hangExpected = true;
    }

    /** Record how long an answered run took. */
    void answered(Duration took) {
        slowest = took.compareTo(slowest) > 0 ? took : slowest;
    }

    /** Watch the next runs, if the kernel did not answer, or printed what it did not print before. */
    void complained(History history) {
        boolean isNew =
                seen.addAll(Complaints.of(history).stream().map(Source::of).toList());
        if (!isAnswered(history)) {
            watched = WATCHED_AFTER_A_HANG;
        } else if (isNew) {
            watched = Math.max(watched, WATCHED_AFTER_A_NEW_COMPLAINT);
        }
    }

    /** Tell whether this process was paused since the last call, which the kernel may report as a lockup. */
    boolean wasPaused() {
        int before = pauses;
        pauses = PauseDetector.count();
        return pauses > before;
    }
}
