package io.untorn.conformance.result;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How much a run does on each target.
 *
 * @param budget how long it judges, or longer until every rule was reached; {@code tries} overrides it
 * @param tries how many traces
 * @param shrinking how long a trace that broke a rule is made shorter, at most
 * @param findings how many different findings end it, 1 or more
 * @param exhaustive up to how many operations all traces have, which are then tried instead of random ones
 */
public record Effort(Duration budget, OptionalInt tries, Duration shrinking, int findings, OptionalInt exhaustive) {
    /** What is done when nothing else is asked for. */
    public static final Effort DEFAULT =
            new Effort(Duration.ofSeconds(20), OptionalInt.empty(), Duration.ofSeconds(45), 5, OptionalInt.empty());

    /** How many times the budget a target is judged at most, while some of its rules were not reached. */
    private static final int MOST_BUDGETS = 3;

    /** The share of its effort after which a run aims at what it has not reached. */
    private static final double LATE = 0.25;

    public Effort {
        if (findings < 1) {
            throw new IllegalArgumentException("no findings: " + findings);
        }
    }

    /** Return this with another time for each target. */
    public Effort within(Duration other) {
        return new Effort(other, tries, shrinking, findings, exhaustive);
    }

    /** Return this with a number of traces, whatever time they take. */
    public Effort times(int other) {
        return new Effort(budget, OptionalInt.of(other), shrinking, findings, exhaustive);
    }

    /** Return this with another time for making a trace shorter. */
    public Effort shrinkingFor(Duration other) {
        return new Effort(budget, tries, other, findings, exhaustive);
    }

    /** Return this with another number of findings. */
    public Effort upTo(int other) {
        return new Effort(budget, tries, shrinking, other, exhaustive);
    }

    /** Return this for all traces of up to a number of operations, instead of random ones. */
    public Effort exhausting(int operations) {
        return new Effort(budget, tries, shrinking, findings, OptionalInt.of(operations));
    }

    /** Tell whether so much of the effort is spent on a target that what is left aims at what it has not reached. */
    public boolean isLateFor(TargetResult result) {
        return tries.isPresent()
                ? result.tries() + result.unjudged() >= tries.getAsInt() * LATE
                : result.elapsed().toNanos() >= budget.toNanos() * LATE;
    }

    /** Tell whether a target was judged enough. */
    public boolean isSpentOn(TargetResult result) {
        if (result.search().isPresent()) {
            return result.search().get().isComplete();
        }
        if (tries.isPresent()) {
            return result.tries() + result.unjudged() > tries.getAsInt();
        }
        Duration spent = result.elapsed();
        return spent.compareTo(budget) >= 0
                && (spent.compareTo(budget.multipliedBy(MOST_BUDGETS)) >= 0 || result.isEnough());
    }
}
