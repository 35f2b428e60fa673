package io.untorn.conformance;

import io.untorn.model.Rule;
import java.time.Duration;

/** Making one trace that broke a rule shorter. */
final class Shrinking {
    private final NonconformanceError first;
    private final long limit;
    private final long begun = System.nanoTime();

    Shrinking(NonconformanceError first, Duration limit) {
        this.first = first;
        this.limit = limit.toNanos();
    }

    /** Tell whether a candidate comes too late. */
    boolean isOver() {
        return System.nanoTime() - begun > limit;
    }

    /**
     * Tell whether a candidate breaks the same rule: shrinking must not slip to another. Which of the rules about data is
     * to blame is plain only when the trace is short.
     */
    boolean isSame(NonconformanceError broken) {
        Rule wanted = first.violation().rule();
        Rule shown = broken.violation().rule();
        return wanted.equals(shown) || (wanted.check() instanceof Rule.Data && shown.check() instanceof Rule.Data);
    }
}
