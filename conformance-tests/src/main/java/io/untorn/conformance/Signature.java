package io.untorn.conformance;

import io.untorn.model.Rule;
import io.untorn.model.Verdict.Violation;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What makes two violations on one target the same finding: the rule, and what the kernel did instead but for the numbers
 * in it and the data or extents that came. Of data that is not as expected, nothing but the rule: what lies there instead
 * differs from trace to trace.
 *
 * @param rule the rule's id
 * @param actual what the kernel did instead; empty where data is not as expected
 * @param deviation the id of the known deviation that it is, so that one does not hide another; empty if it is none
 */
record Signature(String rule, String actual, String deviation) {
    private static final Pattern NUMBER = Pattern.compile("\\b(0x[0-9a-f]+|[0-9a-f]{16}|[0-9]+)\\b");
    private static final Pattern CAME = Pattern.compile("^(read N bytes|told extents).*");

    static Signature of(Violation violation, Optional<KnownDeviation> deviation) {
        return new Signature(
                violation.rule().id(),
                violation.rule().check() instanceof Rule.Data ? "" : withoutNumbers(violation.actual()),
                deviation.map(KnownDeviation::id).orElse(""));
    }

    private static String withoutNumbers(String actual) {
        return CAME.matcher(NUMBER.matcher(actual).replaceAll("N")).replaceAll("$1");
    }

    /**
     * Tell whether traces that show two may be the same finding, the longer one and the shorter. Which of the rules about
     * data is to blame, and which of the known deviations, is plain only when the trace is short.
     */
    boolean isLike(Signature other) {
        return equals(other) || (isOfData() && other.isOfData() && isKnown() == other.isKnown());
    }

    private boolean isOfData() {
        return actual.isEmpty();
    }

    private boolean isKnown() {
        return !deviation.isEmpty();
    }

    /** Return it as a line of a report, by which a finding is told from another. */
    @Override
    public String toString() {
        return "Signature: `" + rule + (actual.isEmpty() ? "" : ": " + actual) + "`"
                + (isKnown() ? ", known as " + deviation : "");
    }
}
