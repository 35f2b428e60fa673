package io.untorn.model.oracle;

import io.untorn.model.rule.Actual;
import io.untorn.model.rule.Rule;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the oracle concludes from a history.
 *
 * @param violations what was broken: by the history as a whole, then in the order of the operations. Answers are judged up
 *     to the first that no known deviation explains; what the kernel prints, to the end
 * @param deviations the ids of the known deviations that explain some of these
 * @param met how often each known deviation, by its id, could have shown
 * @param checks how often each rule was checked against what, and with which result
 * @param judged how many operations were judged; where all was right or explained, all of the trace
 * @param newLines lines that the kernel printed and the kit does not know, with N for numbers; empty if it stopped
 */
public record Verdict(
        List<Violation> violations,
        Map<Violation, String> deviations,
        Map<String, Integer> met,
        Map<RuleCheck, Integer> checks,
        int judged,
        SortedSet<String> newLines) {
    /**
     * A rule that was broken.
     *
     * @param rule the rule
     * @param step the operation's place in the trace, from 0; empty where the whole history shows it
     * @param actual what the kernel did instead
     */
    public record Violation(Rule rule, Optional<Integer> step, Actual actual) {}

    public Verdict {
        violations = List.copyOf(violations);
        deviations = Map.copyOf(deviations);
        met = Map.copyOf(met);
        checks = Map.copyOf(checks);
        newLines = Collections.unmodifiableSortedSet(new TreeSet<>(newLines));
    }

    /** Create one of a history in which no known deviation could have shown, and the kernel printed nothing new. */
    public Verdict(List<Violation> violations, Map<RuleCheck, Integer> checks, int judged) {
        this(violations, Map.of(), Map.of(), checks, judged, Collections.emptySortedSet());
    }

    /** Return how often each rule, by its id, was checked against the history. */
    public SortedMap<String, Integer> reached() {
        SortedMap<String, Integer> reached = new TreeMap<>();
        checks.forEach((check, count) -> reached.merge(check.rule(), count, Integer::sum));
        return reached;
    }

    /** Return what was broken first, if anything was. */
    public Optional<Violation> violation() {
        return violations.stream().findFirst();
    }

    /** Tell whether nothing was broken. */
    public boolean conforms() {
        return violations.isEmpty();
    }
}
