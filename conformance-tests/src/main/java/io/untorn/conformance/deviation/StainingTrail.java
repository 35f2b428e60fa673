package io.untorn.conformance.deviation;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.history.Step;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Subject;
import io.untorn.model.rule.Situation;
import java.util.function.Predicate;

/** Follows a mechanism that leaves data in a file that does not belong there. */
abstract class StainingTrail implements Trail {
    private final Stains stains;
    private boolean stained;

    /**
     * Begin without such data.
     *
     * @param overwrites which operations take it away
     */
    StainingTrail(Predicate<Operation> overwrites) {
        stains = new Stains(overwrites);
    }

    @Override
    public final boolean see(Step step, Situation on) {
        stained = false;
        stains.follow(step, on);
        lay(step, on);
        return stained;
    }

    /** See an operation, and stain what it leaves. */
    abstract void lay(Step step, Situation on);

    /**
     * Note that bytes of the file may hold data that does not belong there.
     *
     * @param from the offset of the first, in bytes
     * @param to the offset after the last
     * @param left whose
     */
    final void stain(long from, long to, Predicate<Origin> left) {
        if (from < to) {
            stains.add(Subject.FILE, from, to, left);
            stained = true;
        }
    }

    /**
     * Let what was noted of a byte hold for those after it.
     *
     * @param at the offset of the byte
     * @param to the offset after the last
     */
    final void widen(long at, long to) {
        stains.widen(at, to);
    }

    @Override
    public final long explainedUpTo(Subject subject, Contents.Difference wrong, long at) {
        return stains.explainedUpTo(subject, wrong, at);
    }
}
