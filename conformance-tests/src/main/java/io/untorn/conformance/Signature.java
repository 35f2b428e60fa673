package io.untorn.conformance;

import io.untorn.model.Rule;
import io.untorn.model.Verdict.Violation;
import java.util.regex.Pattern;

/**
 * What makes two violations on one target the same finding: the rule, and what the kernel did instead but for the numbers
 * in it and the data or extents that came. Of data that is not as expected, nothing but the rule: what lies there instead
 * differs from trace to trace.
 */
record Signature(String rule, String actual) {
    private static final Pattern NUMBER = Pattern.compile("\\b(0x[0-9a-f]+|[0-9a-f]{16}|[0-9]+)\\b");
    private static final Pattern CAME = Pattern.compile("^(read N bytes|told extents).*");

    static Signature of(Violation violation) {
        Rule rule = violation.rule();
        return new Signature(rule.id(), rule.check() instanceof Rule.Data ? "" : withoutNumbers(violation.actual()));
    }

    private static String withoutNumbers(String actual) {
        return CAME.matcher(NUMBER.matcher(actual).replaceAll("N")).replaceAll("$1");
    }
}
