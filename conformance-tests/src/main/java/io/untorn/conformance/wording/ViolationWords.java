package io.untorn.conformance.wording;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.limits.StatxAnswer;
import io.untorn.model.oracle.Verdict.Violation;
import io.untorn.model.rule.Actual;

/**
 * A violation in words.
 *
 * <pre>
 *   expected  failed with EINVAL
 *   actual    returned 4096
 * </pre>
 *
 * @param expected what a rule permits
 * @param actual what the kernel did
 */
public record ViolationWords(String expected, String actual) {
    /** Return what was expected and what the kernel did. */
    public static ViolationWords of(Violation violation) {
        Actual actual = violation.actual();
        if (actual instanceof Actual.Answered answered) {
            return new ViolationWords(
                    answered.expected().toString(), answered.outcome().toString());
        }
        if (actual instanceof Actual.WrongData data) {
            Contents.Difference first = data.first();
            return new ViolationWords(at(first, first.expected()), at(first, first.actual()));
        }
        if (actual instanceof Actual.HalfLeft half) {
            return new ViolationWords(
                    "all of operation " + (half.operation() + 1) + ", or nothing of it",
                    half.there() + "; " + half.older() + ", which is older");
        }
        if (actual instanceof Actual.Complained complained) {
            return new ViolationWords("a quiet console", complained.splat().toString());
        }
        if (actual instanceof Actual.Stopped stopped) {
            return new ViolationWords(
                    "answers to " + stopped.operations() + " operations",
                    "the kernel stopped after " + stopped.after()
                            + stopped.function().map(name -> " in " + name).orElse(""));
        }
        return ofLimits((Actual.LimitsDiffer) actual);
    }

    private static ViolationWords ofLimits(Actual.LimitsDiffer limits) {
        if (limits instanceof Actual.QueueDiffers queue) {
            return new ViolationWords(
                    queue.expected().toString(), queue.reported().toString());
        }
        if (limits instanceof Actual.StatxDiffers statx) {
            return new ViolationWords(
                    statx.expected().toString(), statx.reported().toString());
        }
        if (limits instanceof Actual.NotSilent silent) {
            return new ViolationWords(
                    StatxAnswer.SILENT.toString(), silent.reported().toString());
        }
        if (limits instanceof Actual.MasksDiffer masks) {
            return new ViolationWords(masks(masks.expected()), masks(masks.reported()));
        }
        if (limits instanceof Actual.OutOfOrder order) {
            return new ViolationWords(
                    "powers of two in order, one segment, the attribute",
                    order.reported().toString());
        }
        Actual.UnitsDiffer units = (Actual.UnitsDiffer) limits;
        return new ViolationWords(
                units.unitMin() == 0
                        ? "no limits"
                        : units.unitMin() + " to " + units.unitMax() + " bytes, with the attribute",
                units.reported().toString());
    }

    private static String at(Contents.Difference difference, Origin origin) {
        return new Contents.Run(difference.offset(), difference.length(), origin).toString();
    }

    private static String masks(StatxAnswer answer) {
        return "STATX_WRITE_ATOMIC " + (answer.inMask() ? "in" : "not in")
                + " stx_mask, STATX_ATTR_WRITE_ATOMIC " + (answer.inAttributesMask() ? "in" : "not in")
                + " stx_attributes_mask";
    }
}
