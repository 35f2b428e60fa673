package io.untorn.model.rules;

import io.untorn.model.history.History;
import io.untorn.model.limits.QueueLimits;
import io.untorn.model.limits.StatxAnswer;
import io.untorn.model.rule.Actual;
import io.untorn.model.rule.Rule.Seen;
import io.untorn.model.target.Limits;

/** Compares the limits that a history found with those that they derive from. */
final class LimitRules {
    private LimitRules() {}

    static Seen none(History history) {
        StatxAnswer reported = history.environment().statx();
        return held(reported.equals(StatxAnswer.SILENT), new Actual.NotSilent(reported));
    }

    static Seen queueFollowsDisk(History history) {
        QueueLimits expected = derived(history).queue();
        QueueLimits reported = history.environment().disk().limits();
        return held(expected.equals(reported), new Actual.QueueDiffers(expected, reported));
    }

    static Seen statxFollows(History history) {
        Limits expected = derived(history).statx().limits();
        Limits reported = history.environment().limits();
        return held(expected.equals(reported), new Actual.StatxDiffers(expected, reported));
    }

    static Seen masks(History history) {
        StatxAnswer expected = derived(history).statx();
        StatxAnswer reported = history.environment().statx();
        return held(
                expected.inMask() == reported.inMask() && expected.inAttributesMask() == reported.inAttributesMask(),
                new Actual.MasksDiffer(expected, reported));
    }

    static Seen inOrder(History history) {
        Limits limits = history.environment().limits();
        if (!limits.supported()) {
            return Seen.NOT_APPLICABLE;
        }
        return held(areInOrder(limits), new Actual.OutOfOrder(limits));
    }

    /** Tell whether limits, of a file or device that takes atomic writes, have the form that statx(2) gives them. */
    static boolean areInOrder(Limits limits) {
        return limits.attribute()
                && Long.bitCount(limits.unitMin()) == 1
                && Long.bitCount(limits.unitMax()) == 1
                && limits.unitMin() <= limits.unitMax()
                && limits.unitMaxOptimal() <= limits.unitMax()
                && limits.segmentsMax() == 1;
    }

    private static DerivedLimits derived(History history) {
        return DerivedLimits.of(history.trace().target(), history.environment());
    }

    private static Seen held(boolean holds, Actual otherwise) {
        return holds ? Seen.HOLDS : new Seen.Broken(otherwise);
    }
}
