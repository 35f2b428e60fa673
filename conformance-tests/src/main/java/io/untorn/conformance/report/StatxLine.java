package io.untorn.conformance.report;

import io.untorn.model.history.Environment;
import io.untorn.model.target.Limits;

/** What statx reports about atomic writes, in words. */
final class StatxLine {
    private StatxLine() {}

    /** Return the words for a line with a caption. */
    static String brief(Environment environment) {
        return environment.limits().supported() ? limits(environment.limits()) : "no support for atomic writes";
    }

    /** Return the words for a sentence. */
    static String full(Environment environment) {
        return "statx reports " + brief(environment);
    }

    private static String limits(Limits limits) {
        String name = "atomic_write_unit_min = ";
        return limits.unitMin() == limits.unitMax()
                ? name + "unit_max = " + limits.unitMax()
                : name + limits.unitMin() + ", unit_max = " + limits.unitMax();
    }
}
