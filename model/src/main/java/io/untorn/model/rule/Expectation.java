package io.untorn.model.rule;

import io.untorn.model.contents.Contents;
import io.untorn.model.history.Outcome;
import io.untorn.model.operation.Subject;
import io.untorn.model.state.FileState;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a rule permits an operation to do in one world: outcomes with the world that each leads to.
 *
 * @param permits what is permitted, at least one
 */
public record Expectation(List<Permit> permits) {
    /** Something that is permitted, and its grade. */
    public sealed interface Permit {
        Grade grade();

        /** Return the world after an outcome; empty if it is not permitted. */
        Optional<FileState> next(Outcome outcome);

        /** Return all worlds that may be after an outcome; none if it is not permitted. */
        default Stream<FileState> worlds(Outcome outcome) {
            return next(outcome).stream();
        }

        /** Permit the same, with a change to the world after it. */
        default Permit then(UnaryOperator<FileState> change) {
            return new Fitting(toString(), grade(), outcome -> next(outcome).map(change));
        }
    }

    /** One outcome, and the world after it. */
    public record Exactly(Outcome outcome, Grade grade, FileState next) implements Permit {
        @Override
        public Optional<FileState> next(Outcome seen) {
            return outcome.equals(seen) ? Optional.of(next) : Optional.empty();
        }

        @Override
        public Permit then(UnaryOperator<FileState> change) {
            return new Exactly(outcome, grade, change.apply(next));
        }

        @Override
        public String toString() {
            return outcome.toString();
        }
    }

    /** Every outcome of a sort; the world after it depends on which it was. */
    public record Fitting(String words, Grade grade, Function<Outcome, Optional<FileState>> worlds) implements Permit {
        @Override
        public Optional<FileState> next(Outcome seen) {
            return worlds.apply(seen);
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** What several requests come to, of which nothing says in which order they are done. */
    public record InTurn(String words, Grade grade, Function<Outcome, Set<FileState>> after) implements Permit {
        @Override
        public Optional<FileState> next(Outcome seen) {
            return worlds(seen).findFirst();
        }

        @Override
        public Stream<FileState> worlds(Outcome seen) {
            return after.apply(seen).stream();
        }

        @Override
        public Permit then(UnaryOperator<FileState> change) {
            return new InTurn(words, grade, outcome -> worlds(outcome)
                    .map(change)
                    .collect(Collectors.toCollection(LinkedHashSet::new)));
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** Data that is there, as far as a power cut left no doubt. */
    public record Showing(FileState state, Subject subject, Contents there) implements Permit {
        @Override
        public Grade grade() {
            return Grade.REQUIRED;
        }

        @Override
        public Optional<FileState> next(Outcome seen) {
            return seen instanceof Outcome.ReadBack back
                            && back.contents().from() == there.from()
                            && back.contents().length() == there.length()
                    ? state.showing(subject, back.contents())
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return "read " + there.length() + " bytes: " + there;
        }
    }

    public Expectation {
        permits = List.copyOf(permits);
        if (permits.isEmpty()) {
            throw new IllegalArgumentException("an expectation that permits nothing");
        }
    }

    /** Require one outcome. */
    public static Expectation required(Outcome outcome, FileState next) {
        return new Expectation(List.of(new Exactly(outcome, Grade.REQUIRED, next)));
    }

    /** Leave open several outcomes. */
    public static Expectation anyOf(Permit... permits) {
        return new Expectation(Arrays.asList(permits));
    }

    /** Allow an outcome among others. */
    public static Permit allowed(Outcome outcome, FileState next) {
        return new Exactly(outcome, Grade.ALLOWED, next);
    }

    /** Allow an outcome, as notable: reports list it. */
    public static Permit notable(Outcome outcome, FileState next) {
        return new Exactly(outcome, Grade.NOTABLE, next);
    }

    /** Allow every outcome that leads to a world. */
    public static Permit fitting(String words, Function<Outcome, Optional<FileState>> worlds) {
        return new Fitting(words, Grade.ALLOWED, worlds);
    }

    /** Permit all this, and also the same with a change to the world after it. */
    Expectation or(UnaryOperator<FileState> change) {
        return new Expectation(permits.stream()
                .flatMap(permit -> Stream.of(permit, permit.then(change)))
                .toList());
    }

    /** Permit the same, with a change to the world after it. */
    Expectation then(UnaryOperator<FileState> change) {
        return new Expectation(
                permits.stream().map(permit -> permit.then(change)).toList());
    }

    /**
     * Return the worlds that an outcome may lead to; none if it is not permitted.
     *
     * @param notable whether what is permitted as notable counts
     */
    public Set<FileState> worldsAfter(Outcome outcome, boolean notable) {
        return permits.stream()
                .filter(permit -> notable || permit.grade() != Grade.NOTABLE)
                .flatMap(permit -> permit.worlds(outcome))
                .collect(Collectors.toSet());
    }

    /** Return the outcomes that are permitted by name. */
    public Stream<Outcome> named() {
        return permits.stream().flatMap(permit -> {
            if (permit instanceof Exactly exactly) {
                return Stream.of(exactly.outcome());
            }
            return permit instanceof Showing showing
                    ? Stream.of(new Outcome.ReadBack(showing.there()))
                    : Stream.empty();
        });
    }

    @Override
    public String toString() {
        return permits.stream().map(Permit::toString).distinct().collect(Collectors.joining(", or "));
    }
}
