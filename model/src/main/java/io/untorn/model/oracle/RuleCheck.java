package io.untorn.model.oracle;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.rule.Grade;
import io.untorn.model.rule.Rule;
import java.util.Optional;

/**
 * A rule that was checked against something, and the result; without numbers and data, so that checks can be counted.
 *
 * @param rule the rule's id
 * @param against what it was checked against
 * @param errno the error, if that is a call that failed
 * @param result what the check found
 */
public record RuleCheck(String rule, Against against, Optional<Errno> errno, Result result) {
    /** What a rule is checked against. */
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
            if (outcome instanceof Outcome.Each each) {
                return of(each.foremost());
            }
            if (outcome instanceof Outcome.Laid laid) {
                return of(laid.last());
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

    /** The result of a check. */
    public enum Result {
        /** The one outcome that the rule names. */
        REQUIRED,
        /** One of several that it permits. */
        ALLOWED,
        /** One that it permits as notable. */
        NOTABLE,
        /** What a call that may wait failed with before it was repeated; the rule permits it. */
        REPEATED,
        /** The outcome is not permitted in one of the possible worlds, and rules that one out. */
        WORLD_RULED_OUT,
        /** The history or the data is as the rule says. */
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

    static RuleCheck against(Rule rule, Outcome outcome, Grade grade) {
        return against(rule, outcome, Result.of(grade));
    }

    static RuleCheck against(Rule rule, Outcome outcome, Result result) {
        return new RuleCheck(rule.id(), Against.of(outcome), errno(outcome), result);
    }

    private static Optional<Errno> errno(Outcome outcome) {
        if (outcome instanceof Outcome.Each each) {
            return errno(each.foremost());
        }
        if (outcome instanceof Outcome.Laid laid) {
            return errno(laid.last());
        }
        return outcome instanceof Outcome.Failed failed ? Optional.of(failed.errno()) : Optional.empty();
    }

    static RuleCheck againstHistory(Rule rule, Result result) {
        return new RuleCheck(rule.id(), Against.HISTORY, Optional.empty(), result);
    }

    static RuleCheck againstData(Rule rule, Result result) {
        return new RuleCheck(rule.id(), Against.DATA, Optional.empty(), result);
    }
}
