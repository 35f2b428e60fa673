package io.untorn.conformance.reproducer;

import java.util.Map;
import java.util.TreeMap;

/** The files that show a fault without the kit. */
public final class Reproducers {
    private Reproducers() {}

    /** Return what the files hold, by their path in a finding's folder. */
    public static Map<String, String> of(Demonstration shown) {
        String test = "fstest/tests/" + FsTest.group(shown.target()) + "/" + FsTest.NUMBER;
        return new TreeMap<>(Map.of(
                "reproducer.c",
                CProgram.of(shown),
                "reproducer.sh",
                ShellScript.of(shown),
                test,
                FsTest.of(shown),
                test + ".out",
                FsTest.golden(shown)));
    }
}
