package io.untorn.conformance.run;

import io.untorn.conformance.judge.DeviationPolicy;
import io.untorn.conformance.judge.NonconformanceError;
import io.untorn.conformance.result.TargetResult;
import io.untorn.conformance.shrink.Descent;
import io.untorn.conformance.shrink.Simplifications;
import io.untorn.model.contents.TooManyWorldsException;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Operation;
import io.untorn.model.oracle.JudgementListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Makes a trace that broke a rule shorter, by running simpler ones. A candidate that can't be run or judged is left out; the
 * shortest so far is known at any time.
 */
public final class Shrinker {
    /** The largest probability that a candidate which breaks the rule as often as the first trace is missed. */
    private static final double MISSED = 0.05;

    private final NonconformanceError first;
    private final int attempts;
    private final Examiner examiner;
    private final TargetResult result;
    private final DeviationPolicy policy;
    private final Mishaps mishaps;
    private final long limit;
    private final long begun = System.nanoTime();
    private NonconformanceError shortest;

    /**
     * Begin.
     *
     * @param first what is made shorter
     * @param shown how many times of {@value Examiner#REPEATS} it was shown again
     * @param result the findings so far, which no candidate may show instead
     * @param policy which known deviations a candidate may show besides
     * @param limit how long it may take
     */
    Shrinker(
            NonconformanceError first,
            int shown,
            Examiner examiner,
            TargetResult result,
            DeviationPolicy policy,
            Mishaps mishaps,
            Duration limit) {
        this.first = first;
        this.attempts = attempts(shown, Examiner.REPEATS);
        this.examiner = examiner;
        this.result = result;
        this.policy = policy;
        this.mishaps = mishaps;
        this.limit = limit.toNanos();
        this.shortest = first;
    }

    /**
     * Return how often a candidate must conform to be dropped: once, if the trace broke the rule each time. A flaky one
     * breaks it at the rate (shown + 1) / (repeats + 1): the finding itself was one more try.
     */
    public static int attempts(int shown, int repeats) {
        double rate = (shown + 1.0) / (repeats + 1.0);
        return shown >= repeats ? 1 : (int) Math.ceil(Math.log(MISSED) / Math.log(1 - rate));
    }

    /** Make it shorter until no way leads further, or the time is over. */
    void shrink() {
        new Descent(
                        first.trace(),
                        result.facilities(),
                        Simplifications.on(first.trace().target()),
                        this::shows)
                .toTheEnd();
    }

    /** Return the shortest so far, with what it showed. */
    NonconformanceError shortest() {
        return shortest;
    }

    /** Run a candidate, as often as needed to say that it conforms; tell whether it breaks the same rule in the same way. */
    private boolean shows(List<Operation> operations) {
        Trace candidate = new Trace(first.trace().target(), operations);
        for (int i = 0; i < attempts && !isOver(); i++) {
            Optional<NonconformanceError> broken = examine(candidate);
            if (broken.isPresent()) {
                mishaps.attempt("starting the machine again", examiner::restore);
                if (isWanted(broken.get())) {
                    shortest = broken.get();
                    return true;
                }
            }
        }
        return false;
    }

    private Optional<NonconformanceError> examine(Trace candidate) {
        try {
            mishaps.attempt("trying a shorter sequence", () -> judge(candidate));
            return Optional.empty();
        } catch (NonconformanceError broken) {
            return Optional.of(broken);
        }
    }

    private void judge(Trace candidate) {
        try {
            examiner.examine(candidate, JudgementListener.NONE);
        } catch (TooManyWorldsException e) {
            // It shows nothing.
        }
    }

    private boolean isWanted(NonconformanceError broken) {
        return !broken.isToleratedBy(policy)
                && first.signature().isLike(broken.signature())
                && (broken.signature().equals(first.signature()) || !result.isFound(broken.signature()));
    }

    private boolean isOver() {
        return System.nanoTime() - begun > limit;
    }
}
