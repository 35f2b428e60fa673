package io.untorn.conformance.run;

import io.untorn.conformance.judge.DeviationPolicy;
import io.untorn.conformance.judge.NonconformanceError;
import io.untorn.conformance.result.TargetResult;
import io.untorn.model.contents.TooManyWorldsException;
import io.untorn.model.history.Trace;
import io.untorn.model.oracle.JudgementListener;
import java.time.Duration;

/** Shrinks one trace that broke a rule: tells for each candidate whether it does the same. */
public final class Shrinker {
    /** The largest probability that a candidate which breaks the rule as often as the first trace is missed. */
    private static final double MISSED = 0.05;

    private final NonconformanceError first;
    private final Examiner examiner;
    private final TargetResult result;
    private final DeviationPolicy policy;
    private final int attempts;
    private final long limit;
    private final long begun;

    /**
     * Begin, by repeating the trace to see how often it breaks the rule.
     *
     * @param first what is made shorter
     * @param result the findings so far, which no candidate may show instead
     * @param policy which known deviations a candidate may show besides
     * @param limit how long it may take
     */
    Shrinker(
            NonconformanceError first, Examiner examiner, TargetResult result, DeviationPolicy policy, Duration limit) {
        this.first = first;
        this.examiner = examiner;
        this.result = result;
        this.policy = policy;
        this.attempts = attempts(examiner.shownAgain(first), Examiner.REPEATS);
        this.limit = limit.toNanos();
        this.begun = System.nanoTime();
    }

    /**
     * Return how often a candidate must conform to be dropped: once, if the trace broke the rule each time. A flaky one
     * breaks it at the rate (shown + 1) / (repeats + 1): the finding itself was one more try.
     */
    public static int attempts(int shown, int repeats) {
        double rate = (shown + 1.0) / (repeats + 1.0);
        return shown >= repeats ? 1 : (int) Math.ceil(Math.log(MISSED) / Math.log(1 - rate));
    }

    /**
     * Run a candidate, as often as needed to say that it conforms.
     *
     * @throws NonconformanceError if it breaks the same rule in the same way
     */
    void judge(Trace candidate) {
        for (int i = 0; i < attempts && !isOver(); i++) {
            try {
                examiner.examine(candidate, JudgementListener.NONE);
            } catch (TooManyWorldsException e) {
                return;
            } catch (NonconformanceError broken) {
                examiner.restore();
                if (isWanted(broken)) {
                    throw broken;
                }
            }
        }
    }

    private boolean isWanted(NonconformanceError broken) {
        return !broken.isToleratedBy(policy)
                && first.signature().isLike(broken.signature())
                && !result.isFound(broken.signature());
    }

    /** Tell whether a candidate comes too late. */
    boolean isOver() {
        return System.nanoTime() - begun > limit;
    }
}
