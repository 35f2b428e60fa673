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
 * What a program expects as the result of a step.
 *
 * @param words the expected results, in words
 * @param test how the program checks the result
 */
record Expected(String words, Test test) {
    /** How a program checks whether a result is as expected. */
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

    /** Anything but what the kernel did here: the permitted results can't be listed. */
    record AnythingBut(Outcome seen) implements Test {}

    /** Any result: it does not show the fault. */
    record Anything() implements Test {}

    /** Errors that no rule permits together; an expectation that permits all of them permits any error. */
    private static final List<Outcome> ERRORS = Stream.of(5, 22, 28, 4000)
            .<Outcome>map(number -> new Failed(new Errno(number)))
            .toList();

    /** Expect what a rule permits, which includes the outcome that was seen. */
    static Expected met(Expectation expectation, Outcome seen) {
        OneOf permitted = listed(expectation);
        return permitted.permits(seen)
                ? new Expected(expectation.toString(), permitted)
                : new Expected(expectation.toString(), new OneOf(List.of(seen), false));
    }

    /** Expect what a rule permits, which excludes the outcome that was seen. */
    static Expected missed(Expectation expectation, Outcome seen) {
        OneOf permitted = listed(expectation);
        boolean complete = expectation.permits().stream().allMatch(Expected::isListed) && !permitted.permits(seen);
        return new Expected(expectation.toString(), complete ? permitted : new AnythingBut(seen));
    }

    /** Expect a result, whichever. */
    static Expected answer() {
        return new Expected("an answer", new Anything());
    }

    /** Tell whether an outcome is as expected. */
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
