package io.untorn.conformance.run;

import java.time.Duration;

/**
 * What it took to make a trace shorter, repeats not counted.
 *
 * @param candidates how many runs of simpler traces it took until the shortest was found
 * @param time how long that took
 * @param all how many runs of simpler traces there were, with those that showed that none is shorter
 */
public record ShrinkingEffort(int candidates, Duration time, int all) {
    /** It was not made shorter. */
    public static final ShrinkingEffort NONE = new ShrinkingEffort(0, Duration.ZERO, 0);
}
