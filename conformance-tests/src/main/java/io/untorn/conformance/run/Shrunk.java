package io.untorn.conformance.run;

import io.untorn.conformance.judge.NonconformanceError;

/**
 * A trace that broke a rule, and how often it did so again.
 *
 * @param broken what it showed
 * @param shown how often it was shown again
 * @param repeats of how many tries in pristine machines; 0 if it could not run again
 */
record Shrunk(NonconformanceError broken, int shown, int repeats) {
    Shrunk(NonconformanceError broken) {
        this(broken, 0, 0);
    }
}
