package io.untorn.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a rule permits an operation to do in one world: outcomes with the world that each leads to.
 *
 * @param permits what is permitted, at least one
 */
public record Expectation(List<Permit> permits) {
    /** A permitted outcome, its grade, and the world behind it. */
    public record Permit(Outcome outcome, Grade grade, FileState next) {}

    public Expectation {
        permits = List.copyOf(permits);
        if (permits.isEmpty()) {
            throw new IllegalArgumentException("an expectation that permits nothing");
        }
    }

    /** Require one outcome. */
    public static Expectation required(Outcome outcome, FileState next) {
        return new Expectation(List.of(new Permit(outcome, Grade.REQUIRED, next)));
    }

    /** Leave open several outcomes. */
    public static Expectation anyOf(Permit... permits) {
        return new Expectation(Arrays.asList(permits));
    }

    /** Allow an outcome among others. */
    public static Permit allowed(Outcome outcome, FileState next) {
        return new Permit(outcome, Grade.ALLOWED, next);
    }

    /** Allow an outcome, and have it told. */
    public static Permit notable(Outcome outcome, FileState next) {
        return new Permit(outcome, Grade.NOTABLE, next);
    }

    @Override
    public String toString() {
        return permits.stream()
                .map(permit -> permit.outcome().toString())
                .distinct()
                .collect(Collectors.joining(", or "));
    }
}
