package io.untorn.conformance;

import java.time.Duration;

/** Making one trace that broke a rule shorter. */
final class Shrinking {
    /** How likely it may be that a candidate which breaks the rule as often as the first trace is taken to conform. */
    private static final double MISSED = 0.05;

    private final NonconformanceError first;
    private final int attempts;
    private final long limit;
    private final long begun = System.nanoTime();

    /**
     * Begin.
     *
     * @param shown how often the trace broke the rule again
     * @param repeats of how many tries
     */
    Shrinking(NonconformanceError first, int shown, int repeats, Duration limit) {
        this.first = first;
        this.attempts = attempts(shown, repeats);
        this.limit = limit.toNanos();
    }

    /**
     * Return how often a candidate has to conform before it is taken to: once, if the trace broke the rule each time. A
     * flaky one shows at the rate (shown + 1) / (repeats + 1): the finding itself was one more try.
     */
    static int attempts(int shown, int repeats) {
        double rate = (shown + 1.0) / (repeats + 1.0);
        return shown >= repeats ? 1 : (int) Math.ceil(Math.log(MISSED) / Math.log(1 - rate));
    }

    /** Return how often a candidate has to conform before it is taken to. */
    int attempts() {
        return attempts;
    }

    /** Tell whether a candidate comes too late. */
    boolean isOver() {
        return System.nanoTime() - begun > limit;
    }

    /** Tell whether a candidate breaks the same rule in the same way: shrinking must not slip to another finding. */
    boolean isSame(NonconformanceError broken) {
        return first.signature().isLike(broken.signature());
    }
}
