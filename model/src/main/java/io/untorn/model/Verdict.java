package io.untorn.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the oracle makes of a history.
 *
 * @param violations what was broken: by the history as a whole, then by the first operation that broke a rule
 * @param reached how often each rule, by its id, was held against the history
 * @param notes what was allowed and is worth telling, in order
 * @param judged how many operations were judged; where nothing was broken, all of the trace
 */
public record Verdict(List<Violation> violations, Map<String, Integer> reached, List<String> notes, int judged) {
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
        reached = Map.copyOf(reached);
        notes = List.copyOf(notes);
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
