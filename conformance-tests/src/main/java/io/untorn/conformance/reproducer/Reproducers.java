package io.untorn.conformance.reproducer;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files that show a fault without the kit. */
public final class Reproducers {
    private static final String C_PROGRAM = "reproducer.c";
    private static final String SHELL_SCRIPT = "reproducer.sh";
    private static final String FSTEST = "fstest";

    /** The files and folders that may be in a finding's folder. */
    public static final List<String> NAMES = List.of(C_PROGRAM, SHELL_SCRIPT, FSTEST);

    private Reproducers() {}

    /** Return what the files hold, by their path in a finding's folder. */
    public static Map<String, String> of(Demonstration shown) {
        String test = FSTEST + "/tests/" + FsTest.group(shown.target()) + "/" + FsTest.NUMBER;
        return new TreeMap<>(Map.of(
                C_PROGRAM,
                CProgram.of(shown),
                SHELL_SCRIPT,
                ShellScript.of(shown),
                test,
                FsTest.of(shown),
                test + ".out",
                FsTest.golden(shown)));
    }
}
