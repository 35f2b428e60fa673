package io.untorn.model.oracle;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.operation.MapExtents;
import io.untorn.model.operation.Operation;
import io.untorn.model.rule.Expectation;
import io.untorn.model.rule.Grade;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Situation;
import io.untorn.model.rule.Specification;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells whether an operation tells a rule apart: without the rule the specification would permit another answer, or the same
 * with another effect. A kernel that does not keep a rule answers as if it were not there, so no other operation can show it.
 *
 * <p>What is permitted as {@link Grade#NOTABLE} beside an error tells nothing: EAGAIN may take the place of many.
 */
public final class Distinction {
    private static final List<Outcome> ERRORS =
            Errno.known().stream().<Outcome>map(Outcome.Failed::new).toList();

    private final Specification specification;

    /** Create one for the rules of a specification. */
    public Distinction(Specification specification) {
        this.specification = specification;
    }

    /**
     * Return the rule that hides the one that decides about an operation: in its place it would permit the same, but for what a
     * power cut may take away. Empty if the operation tells the rule apart.
     */
    public Optional<Rule> hiding(Operation operation, Situation on) {
        Situation met = new Situation(on.target(), on.environment(), on.state().neverCut(), on.caches(), on.index());
        Specification.Decision decision = specification.decide(operation, met);
        return specification
                .decideWithout(decision.rule(), operation, met)
                .filter(other -> !isToldApart(decision, other.expectation(), operation))
                .map(Specification.Decision::rule);
    }

    private static boolean isToldApart(Specification.Decision decision, Expectation without, Operation operation) {
        Expectation with = decision.expectation();
        boolean refuses = decision.rule().refusal().isPresent();
        return Stream.of(with.named(), without.named(), outcomes(operation))
                .flatMap(each -> each)
                .anyMatch(outcome -> !with.worldsAfter(outcome, true).containsAll(without.worldsAfter(outcome, false))
                        || !without.worldsAfter(outcome, true).containsAll(with.worldsAfter(outcome, !refuses)));
    }

    /** Return what a specification permits an operation to return or fail with; nothing that is only notable. */
    public static Set<Outcome> answers(Expectation expectation, Operation operation) {
        return Stream.concat(expectation.named(), outcomes(operation))
                .filter(outcome -> !expectation.worldsAfter(outcome, false).isEmpty())
                .collect(Collectors.toSet());
    }

    /** Return outcomes that an operation may have, beside those that rules name. */
    private static Stream<Outcome> outcomes(Operation operation) {
        Stream<Outcome> found =
                operation instanceof MapExtents ? Stream.of(new Outcome.Mapped(List.of())) : Stream.empty();
        Stream<Outcome> stored = operation.asWrite().stream()
                .flatMap(write ->
                        Stream.of(new Outcome.Returned(write.length()), new Outcome.Returned(write.length() / 2)));
        return Stream.of(Stream.of(Outcome.DONE), stored, found, ERRORS.stream())
                .flatMap(each -> each);
    }
}
