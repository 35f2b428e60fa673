package io.untorn.model.oracle;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.rule.Grade;
import io.untorn.model.rule.Rule;
import java.util.Optional;

/**
 * A rule that was held against something, and how that came out; without numbers and data, so that it can be counted.
 *
 * @param rule the rule's id
 * @param against what it was held against
 * @param errno the error, where that is a call that failed
 * @param result how it came out
 */
public record Held(String rule, Against against, Optional<Errno> errno, Result result) {
    /** What a rule is held against. */
    public enum Against {
        /** A history as a whole. */
        HISTORY,
        /** A call that returned a number. */
        RETURNED,
        /** A call that failed. */
        FAILED,
        /** Data that a read brought. */
        DATA,
        /** Extents that FIEMAP reported. */
        EXTENTS,
        /** The size and the limits that statx reported. */
        STATX;

        private static Against of(Outcome outcome) {
            if (outcome instanceof Outcome.Failed) {
                return FAILED;
            }
            if (outcome instanceof Outcome.ReadBack) {
                return DATA;
            }
            if (outcome instanceof Outcome.Mapped) {
                return EXTENTS;
            }
            return outcome instanceof Outcome.Told ? STATX : RETURNED;
        }
    }

    /** How a rule came out. */
    public enum Result {
        /** The one outcome that the rule names came. */
        REQUIRED,
        /** One of several that it permits came. */
        ALLOWED,
        /** One that it permits, and that is worth telling. */
        NOTABLE,
        /** What came is not permitted in one of the worlds that were possible, and so told that it is not that one. */
        WORLD_RULED_OUT,
        /** What the rule says of a history or of data is so. */
        HOLDS,
        /** The rule was broken. */
        BROKEN;

        private static Result of(Grade grade) {
            return switch (grade) {
                case REQUIRED -> REQUIRED;
                case ALLOWED -> ALLOWED;
                case NOTABLE -> NOTABLE;
            };
        }
    }

    static Held against(Rule rule, Outcome outcome, Grade grade) {
        return against(rule, outcome, Result.of(grade));
    }

    static Held against(Rule rule, Outcome outcome, Result result) {
        return new Held(
                rule.id(),
                Against.of(outcome),
                outcome instanceof Outcome.Failed failed ? Optional.of(failed.errno()) : Optional.empty(),
                result);
    }

    static Held againstHistory(Rule rule, Result result) {
        return new Held(rule.id(), Against.HISTORY, Optional.empty(), result);
    }

    static Held againstData(Rule rule, Result result) {
        return new Held(rule.id(), Against.DATA, Optional.empty(), result);
    }
}
