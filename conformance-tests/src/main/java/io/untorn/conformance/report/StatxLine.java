package io.untorn.conformance.report;

import io.untorn.model.history.Environment;

/** What statx says about atomic writes, in words. */
final class StatxLine {
    private StatxLine() {}

    /** Return the words for a line that is headed by what it is about. */
    static String brief(Environment environment) {
        return line(environment, "");
    }

    /** Return the words for a sentence. */
    static String full(Environment environment) {
        return line(environment, "atomic writes of ");
    }

    private static String line(Environment environment, String what) {
        return environment.limits().supported()
                ? "statx tells " + what + environment.limits().unitMin() + " to "
                        + environment.limits().unitMax() + " bytes"
                : "statx tells no support for atomic writes";
    }
}
