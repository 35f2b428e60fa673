package io.untorn.model;

import io.untorn.model.Rule.Seen;
import io.untorn.model.limits.DerivedLimits;
import io.untorn.model.limits.StatxAnswer;

/** Holds the limits that a history found against what they derive from. */
final class LimitRules {
    private LimitRules() {}

    static Seen none(History history) {
        return equal(StatxAnswer.SILENT, history.environment().statx());
    }

    static Seen queueFollowsDisk(History history) {
        return equal(derived(history).queue(), history.environment().disk().limits());
    }

    static Seen statxFollows(History history) {
        return equal(derived(history).statx().limits(), history.environment().limits());
    }

    static Seen masks(History history) {
        StatxAnswer expected = derived(history).statx();
        StatxAnswer actual = history.environment().statx();
        return expected.inMask() == actual.inMask() && expected.inAttributesMask() == actual.inAttributesMask()
                ? Seen.HOLDS
                : new Seen.Broken(masks(expected), masks(actual));
    }

    private static String masks(StatxAnswer answer) {
        return "STATX_WRITE_ATOMIC " + (answer.inMask() ? "in" : "not in")
                + " stx_mask, STATX_ATTR_WRITE_ATOMIC " + (answer.inAttributesMask() ? "in" : "not in")
                + " stx_attributes_mask";
    }

    static Seen inOrder(History history) {
        Limits limits = history.environment().limits();
        if (!limits.supported()) {
            return Seen.NOT_APPLICABLE;
        }
        boolean inOrder = limits.attribute()
                && Long.bitCount(limits.unitMin()) == 1
                && Long.bitCount(limits.unitMax()) == 1
                && limits.unitMin() <= limits.unitMax()
                && limits.unitMaxOptimal() <= limits.unitMax()
                && limits.segmentsMax() == 1;
        return inOrder
                ? Seen.HOLDS
                : new Seen.Broken("powers of two in order, one segment, the attribute", limits.toString());
    }

    private static DerivedLimits derived(History history) {
        return DerivedLimits.of(history.trace().target(), history.environment());
    }

    private static Seen equal(Object expected, Object actual) {
        return expected.equals(actual) ? Seen.HOLDS : new Seen.Broken(expected.toString(), actual.toString());
    }
}
