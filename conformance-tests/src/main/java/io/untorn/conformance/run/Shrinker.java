package io.untorn.conformance.run;

import io.untorn.conformance.judge.DeviationPolicy;
import io.untorn.conformance.judge.NonconformanceError;
import io.untorn.conformance.result.TargetResult;
import io.untorn.conformance.shrink.Descent;
import io.untorn.conformance.shrink.Relevance;
import io.untorn.conformance.shrink.Simplification;
import io.untorn.conformance.shrink.Simplifications;
import io.untorn.model.contents.TooManyWorldsException;
import io.untorn.model.history.History;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Operation;
import io.untorn.model.oracle.JudgementListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes a trace that broke a rule shorter, by running simpler ones: first what can matter by the model, then in the usual
 * ways. A candidate that can't be run or judged is left out.
 *
 * <p>Candidates run in the machine as it is, if the first trace shows the same in a machine that has run others; what comes of
 * them is confirmed at the end, in pristine machines. If the answer depends on the machine, by the one or the other, each
 * candidate has a pristine one; an earlier step is then where that begins.
 */
public final class Shrinker {
    /** The largest probability that a candidate which breaks the rule as often as the first trace is missed. */
    private static final double MISSED = 0.05;

    private final NonconformanceError first;
    private final Examiner examiner;
    private final TargetResult result;
    private final DeviationPolicy policy;
    private final Mishaps mishaps;
    private final long limit;
    private int attempts;
    private boolean startingAnew;
    private boolean complained = true;
    private long begun;
    private int candidates;
    private ShrinkingEffort effort = ShrinkingEffort.NONE;

    /** What broke the rule, each simpler than the one before. */
    private final List<NonconformanceError> steps = new ArrayList<>();

    /**
     * Create a shrinker.
     *
     * @param first what is made shorter
     * @param result the findings so far, which no candidate may show instead
     * @param policy which known deviations a candidate may show besides
     * @param limit how long it may take, without repeats
     */
    Shrinker(
            NonconformanceError first,
            Examiner examiner,
            TargetResult result,
            DeviationPolicy policy,
            Mishaps mishaps,
            Duration limit) {
        this.first = first;
        this.examiner = examiner;
        this.result = result;
        this.policy = policy;
        this.mishaps = mishaps;
        this.limit = limit.toNanos();
    }

    /**
     * Return how often a candidate must conform to be dropped: once, if the trace broke the rule each time. A flaky one
     * breaks it at the rate (shown + 1) / (repeats + 1): the finding itself was one more try.
     */
    public static int attempts(int shown, int repeats) {
        double rate = (shown + 1.0) / (repeats + 1.0);
        return shown >= repeats ? 1 : (int) Math.ceil(Math.log(MISSED) / Math.log(1 - rate));
    }

    /** Make it shorter until no way leads further, or the time is over; return the shortest that is confirmed. */
    Shrunk shrink() {
        Optional<Shrunk> repeated = repeated(first);
        if (repeated.isEmpty()) {
            return new Shrunk(first);
        }
        attempts = attempts(repeated.get().shown(), repeated.get().repeats());
        begun = System.nanoTime();
        startingAnew = attempts == 1 && !showsInAUsedMachine();
        Shrunk shortest = shorter(repeated.get());
        if (!startingAnew && shortest.broken() != steps.get(steps.size() - 1)) {
            startingAnew = true;
            shortest = shorter(shortest);
        }
        return shortest;
    }

    /** Return what it took. */
    ShrinkingEffort effort() {
        return new ShrinkingEffort(effort.candidates(), effort.time(), candidates);
    }

    /** Go down from a trace, and return the last step that shows the same in pristine machines, at the most the trace itself. */
    private Shrunk shorter(Shrunk from) {
        steps.clear();
        steps.add(from.broken());
        Trace trace = from.broken().trace();
        List<Simplification> ways = new ArrayList<>(List.of(operations -> guesses()));
        ways.addAll(Simplifications.on(trace.target()));
        mishaps.attempt("making a finding shorter", () -> new Descent(trace, result.facilities(), ways, this::shows)
                .toTheEnd());
        for (int at = steps.size() - 1; at > 0; at /= 2) {
            Optional<Shrunk> confirmed =
                    repeated(steps.get(at)).filter(again -> again.shown() > 0 || from.shown() == 0);
            if (confirmed.isPresent()) {
                return confirmed.get();
            }
        }
        return from;
    }

    private Stream<List<Operation>> guesses() {
        NonconformanceError shortest = steps.get(steps.size() - 1);
        return Relevance.of(shortest.trace(), shortest.violation());
    }

    private Optional<Shrunk> repeated(NonconformanceError broken) {
        return mishaps.attempted("repeating a finding", () -> examiner.shownAgain(broken))
                .map(shown -> new Shrunk(broken, shown, Examiner.REPEATS));
    }

    private boolean showsInAUsedMachine() {
        return isGone(first) || breaksAgain(first.trace()).isPresent();
    }

    /** Tell whether there was no answer: the machine is then gone, so that the next trace has a new one anyway. */
    private static boolean isGone(NonconformanceError broken) {
        History history = broken.history();
        return history.steps().size() < history.trace().operations().size();
    }

    /** Run a candidate, as often as needed to say that it conforms; tell whether it breaks the same rule in the same way. */
    private boolean shows(List<Operation> operations) {
        Trace candidate = new Trace(first.trace().target(), operations);
        for (int i = 0; i < attempts && !isOver(); i++) {
            Optional<NonconformanceError> broken = breaksAgain(candidate);
            if (broken.isPresent()) {
                steps.add(broken.get());
                effort = new ShrinkingEffort(candidates, Duration.ofNanos(System.nanoTime() - begun), candidates);
                return true;
            }
        }
        return false;
    }

    /** Run a trace; return what it broke, if that is the same. */
    private Optional<NonconformanceError> breaksAgain(Trace candidate) {
        candidates++;
        mishaps.attempt("making a machine ready for a shorter sequence", this::makeReady);
        Optional<NonconformanceError> broken = examined(candidate);
        complained = broken.filter(one -> !one.history().console().isEmpty()).isPresent();
        return broken.filter(this::isWanted);
    }

    private Optional<NonconformanceError> examined(Trace candidate) {
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

    /** A kernel that complained may do so only once: let it do so again. */
    private void makeReady() {
        if (startingAnew) {
            examiner.startAnew();
        } else if (complained) {
            examiner.rearmWarnings();
        }
        if (isGone(first)) {
            examiner.expectHang();
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
