package io.untorn.conformance.result;

import io.untorn.conformance.judge.KnownDeviation;
import java.util.Collection;
import java.util.List;

/**
 * Finds known deviations that a run should have seen by now, and did not: this kernel may have fixed them. It is no
 * proof, so it is only reported.
 */
public final class Outdated {
    /** How many operations must have been judged on the targets of a deviation: some show once in 25,000. */
    static final long OPERATIONS = 100_000;

    /** How often it must have been able to show: its operation met its state. */
    static final int MET = 100;

    private Outdated() {}

    /** Return the deviations that these targets were expected to show and none did, in the list's order. */
    public static List<KnownDeviation> of(Collection<TargetResult> targetResults) {
        return targetResults.stream()
                .flatMap(result -> result.expected().stream())
                .distinct()
                .filter(deviation -> isMissing(
                        deviation,
                        targetResults.stream()
                                .filter(result -> result.expected().contains(deviation))
                                .toList()))
                .toList();
    }

    private static boolean isMissing(KnownDeviation deviation, List<TargetResult> targetResults) {
        return targetResults.stream().noneMatch(result -> result.deviations().containsKey(deviation))
                && targetResults.stream().mapToLong(TargetResult::operations).sum() >= OPERATIONS
                && targetResults.stream()
                                .mapToInt(result -> result.met(deviation))
                                .sum()
                        >= MET;
    }
}
