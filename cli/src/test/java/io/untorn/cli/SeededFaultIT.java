package io.untorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.cli.UntornCommand.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fault of the kernel, here a seeded one, is found, shrunk, kept, and shown again. */
final class SeededFaultIT {
    private static final String FAULT = "misaligned-reported-done";

    @TempDir
    Path folder;

    @Test
    void isFoundMadeShortAndReplayed() throws Exception {
        Path output = folder.resolve("output");
        Result found = run(
                "run",
                "--target",
                "bdev",
                "--tries",
                "200",
                "--seed",
                "1",
                "--findings",
                "1",
                "--seeded-fault",
                FAULT,
                "--output",
                output.toString());
        Path trace = output.resolve("findings/bdev-offset-naturally-aligned/trace.json");
        assertThat(found.exitCode()).as(found.toString()).isEqualTo(1);
        assertThat(found.output())
                .contains("breaks offset-naturally-aligned")
                .contains(
                        "rule      The offset of an atomic write, or the position where it has none, is a multiple of its length.")
                .contains("source    pwritev2(2), RWF_ATOMIC")
                .containsPattern("(?m)^  trace     1\\. atomic write of \\d+ bytes at \\d+    <-- here$")
                .doesNotContain(" 2. ")
                .contains("expected  failed with EINVAL")
                .contains("shown again 3 of 3 times")
                .contains(
                        "./untorn replay " + trace + " --kernel " + UntornCommand.KERNEL + " --seeded-fault " + FAULT);
        for (String file : List.of(
                "trace.json",
                "history.json",
                "config",
                "reproducer.c",
                "reproducer.sh",
                "fstest/tests/generic/900",
                "fstest/tests/generic/900.out")) {
            assertThat(trace.resolveSibling(file)).isNotEmptyFile();
        }
        // The fault is in the agent, not in the kernel: a program does not meet it.
        assertThat(Files.readString(trace.resolveSibling("report.md")).replace('\n', ' '))
                .contains("On the same kernel reproducer.c did not show the same.")
                .contains("step 1: atomic write of ", "errno 22, Invalid argument", "the fault does not show");
        found.assertNoStackTrace();

        Result judged = UntornCommand.run(
                folder, "judge", trace.resolveSibling("history.json").toString());
        assertThat(judged.exitCode()).as(judged.toString()).isEqualTo(1);
        assertThat(judged.output()).contains("breaks offset-naturally-aligned", "expected  failed with EINVAL");
        judged.assertNoStackTrace();

        Result again = run("replay", trace.toString(), "--seeded-fault", FAULT);
        assertThat(again.exitCode()).as(again.toString()).isEqualTo(1);
        assertThat(again.output()).contains("breaks offset-naturally-aligned", "shown again 3 of 3 times");
        again.assertNoStackTrace();

        Result shrunk = run(
                "replay", trace.toString(), "--shrink", "20s", "--seeded-fault", FAULT, "--output", output.toString());
        assertThat(shrunk.exitCode()).as(shrunk.toString()).isEqualTo(1);
        assertThat(shrunk.output()).contains("breaks offset-naturally-aligned", "shown again 3 of 3 times");
        shrunk.assertNoStackTrace();

        Result sound = run("replay", trace.toString());
        assertThat(sound.exitCode()).as(sound.toString()).isZero();
        assertThat(sound.output()).contains(trace + " conforms, 3 of 3 times");
        sound.assertNoStackTrace();
    }

    @Test
    void aTableShowsWhetherItWasFound() throws Exception {
        Result found = run("faults", "--target", "bdev", "--seeded-fault", FAULT);
        assertThat(found.exitCode()).as(found.toString()).isZero();
        assertThat(found.output())
                .containsPattern(FAULT + "  bdev    (offset-naturally-aligned|unknown-flag-refused) .*  1  3 of 3\n")
                .contains("found and shrunk: 1 of 1");
        found.assertNoStackTrace();

        run("faults", "--target", "bdev", "--seeded-fault", "append-misplaced", "--budget", "1s")
                .assertMessage(3, "append-misplaced was not found");
    }

    private Result run(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--kernel";
        all[arguments.length + 1] = UntornCommand.KERNEL;
        return UntornCommand.run(folder, all);
    }
}
