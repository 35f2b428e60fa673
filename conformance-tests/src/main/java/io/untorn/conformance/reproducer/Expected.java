package io.untorn.conformance.reproducer;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Outcome.Failed;
import io.untorn.model.history.Outcome.ReadBack;
import io.untorn.model.rule.Expectation;
import io.untorn.model.rule.Expectation.Exactly;
import io.untorn.model.rule.Expectation.Permit;
import io.untorn.model.rule.Expectation.Showing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a program holds the answer of a step against.
 *
 * @param words what may come, for people
 * @param test how the program tells
 */
record Expected(String words, Test test) {
    /** How a program tells whether an answer is one that may come. */
    sealed interface Test {}

    /**
     * One of these, or any error.
     *
     * @param outcomes at least one, unless any error will do
     * @param anyError whether an error will do, whatever its number
     */
    record OneOf(List<Outcome> outcomes, boolean anyError) implements Test {
        OneOf {
            outcomes = List.copyOf(outcomes);
        }

        private boolean permits(Outcome outcome) {
            return outcomes.contains(outcome) || (anyError && outcome instanceof Failed);
        }
    }

    /** Anything but what the kernel did here: what may come is more than a list. */
    record AnythingBut(Outcome seen) implements Test {}

    /** Anything at all: it is no answer that shows the fault. */
    record Anything() implements Test {}

    /** What no rule names alone; an expectation that permits all of them permits any error. */
    private static final List<Outcome> ERRORS = Stream.of(5, 22, 28, 4000)
            .<Outcome>map(number -> new Failed(new Errno(number)))
            .toList();

    /** Expect what a rule permits, where the answer that was seen is one of it. */
    static Expected met(Expectation expectation, Outcome seen) {
        OneOf permitted = listed(expectation);
        return permitted.permits(seen)
                ? new Expected(expectation.toString(), permitted)
                : new Expected(expectation.toString(), new OneOf(List.of(seen), false));
    }

    /** Expect what a rule permits, where the answer that was seen is none of it. */
    static Expected missed(Expectation expectation, Outcome seen) {
        OneOf permitted = listed(expectation);
        boolean complete = expectation.permits().stream().allMatch(Expected::isListed) && !permitted.permits(seen);
        return new Expected(expectation.toString(), complete ? permitted : new AnythingBut(seen));
    }

    /** Expect an answer, whichever. */
    static Expected answer() {
        return new Expected("an answer", new Anything());
    }

    /** Tell whether this may come. */
    boolean permits(Outcome outcome) {
        if (test instanceof OneOf one) {
            return one.permits(outcome);
        }
        return !(test instanceof AnythingBut but) || !but.seen().equals(outcome);
    }

    private static OneOf listed(Expectation expectation) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Permit permit : expectation.permits()) {
            if (permit instanceof Exactly exactly) {
                outcomes.add(exactly.outcome());
            } else if (permit instanceof Showing showing) {
                outcomes.add(new ReadBack(showing.there()));
            }
        }
        return new OneOf(outcomes, expectation.permits().stream().anyMatch(Expected::isAnyError));
    }

    private static boolean isListed(Permit permit) {
        return permit instanceof Exactly || permit instanceof Showing || isAnyError(permit);
    }

    private static boolean isAnyError(Permit permit) {
        return ERRORS.stream().allMatch(error -> permit.next(error).isPresent());
    }
}
