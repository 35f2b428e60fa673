package io.untorn.conformance.reproducer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Has the functions of the scripts read what xfs_io 6.13 printed, in every shell that is there. */
final class ShellStepsTest {
    private static final String DUMP =
            """
            00000000:  01 01 01 01 01 01 01 01 01 01 01 01 01 01 01 01  ................
            00000010:  01 01 30 30 00 00 00 00 00 00 00 00 00 00 00 00  ..00............
            00000020:  30 30  00
            read 34/34 bytes at offset 0
            34.000000 bytes, 1 ops; 0.0005 sec (66.406 KiB/sec and 1992.0319 ops/sec)
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"sh", "bash"})
    void dataIsReadAsRuns(String shell) throws Exception {
        assertThat(outcome(shell, DUMP)).isEqualTo("1*18 48*2 0*12 48*2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sh", "bash"})
    void bytesAreCounted(String shell) throws Exception {
        assertThat(
                        outcome(
                                shell,
                                """
                        wrote 4096/8192 bytes at offset 0
                        4 KiB, 1 ops; 0.0057 sec (697.229 KiB/sec and 174.3071 ops/sec)
                        """))
                .isEqualTo("4096");
        assertThat(outcome(shell, "")).as("what says nothing went well").isEqualTo("0");
    }

    @Test
    void errorsHaveTheirNames() throws Exception {
        assertThat(outcome("sh", "pwrite: Invalid argument\n")).isEqualTo("EINVAL");
        assertThat(outcome("sh", "fallocate: Operation not supported\n")).isEqualTo("EOPNOTSUPP");
        assertThat(outcome("sh", "pread: Input/output error\n")).isEqualTo("EIO");
    }

    @Test
    void aKilledProgramIsNoSuccess() throws Exception {
        assertThat(run("sh", "outcome sh -c 'kill -9 $$'").text()).contains("killed by signal 9");
        for (String permitted : new String[] {"anything", "error", "'not:4096'", "0"}) {
            assertThat(run("sh", "check 1 words expected 'killed by signal 9' " + permitted)
                            .text())
                    .isEqualTo("fits not\n");
        }
    }

    /** A process that even SIGKILL does not end keeps the pipe open that its output went to. */
    @ParameterizedTest
    @ValueSource(strings = {"sh", "bash"})
    void aKilledProgramIsNotWaitedFor(String shell) throws Exception {
        Path pid = folder.resolve("pid");
        Path survivor = Files.writeString(
                folder.resolve("survivor"), "echo $$ >'" + pid + "'\n: >'" + pid + ".written'\nexec sleep 60\n");
        Path killed = Files.writeString(
                folder.resolve("killed"),
                "setsid sh '" + survivor + "' &\nuntil [ -e '" + pid + ".written' ]; do sleep 0.1; done\nkill -9 $$\n");
        try {
            String text =
                    assertTimeoutPreemptively(Duration.ofSeconds(30), () -> run(shell, "outcome sh '" + killed + "'")
                            .text());
            assertThat(text.strip()).isEqualTo("killed by signal 9");
        } finally {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** An option that xfs_io does not know is not the error that a kernel may return. */
    @ParameterizedTest
    @ValueSource(strings = {"anything", "error", "'not:4096'"})
    void anUnknownXfsIoOptionIsNoOutcome(String permitted) throws Exception {
        Ran ran = run(
                "sh",
                "check 1 words expected \"$(outcome echo \"pwrite: invalid option -- 'A'\")\" " + permitted
                        + "; echo went on");
        assertThat(ran.text()).isEqualTo("step 1, words: error: pwrite: invalid option -- 'A' \n");
        assertThat(ran.exitCode()).isEqualTo(2);
    }

    @Test
    void aFailingAwkIsNoOutcome() throws Exception {
        Ran ran = run(
                "sh",
                "awk() { cat >/dev/null; false; }; check 1 words expected \"$(outcome echo)\" error; echo went on");
        assertThat(ran.text()).isEqualTo("step 1, words: awk printed nothing\n");
        assertThat(ran.exitCode()).isEqualTo(2);
    }

    @Test
    void outcomesAreCheckedAgainstThePermittedOnes() throws Exception {
        assertThat(check("EIO", "error")).isEqualTo("fits\n");
        assertThat(check("4096", "error")).isEqualTo("fits not\n");
        assertThat(check("4096", "EAGAIN 4096")).isEqualTo("fits\n");
        assertThat(check("1*8 0*8", "'1*16'")).isEqualTo("fits not\n");
        assertThat(check("1*8 0*8", "'not:1*16'")).isEqualTo("fits\n");
        assertThat(check("1*16", "'not:1*16'")).isEqualTo("fits not\n");
    }

    private String check(String got, String permitted) throws Exception {
        return run("sh", "check 1 words expected '" + got + "' " + permitted).text();
    }

    private String outcome(String shell, String printed) throws Exception {
        Path output = Files.writeString(folder.resolve("printed"), printed);
        return run(shell, "outcome cat '" + output + "'").text().strip();
    }

    private record Ran(int exitCode, String text) {}

    private Ran run(String shell, String command) throws Exception {
        Path script = Files.writeString(
                folder.resolve("script"),
                """
                give_up() { echo "$*"; exit 2; }
                print_expected() { echo fits; }
                print_unexpected() { echo 'fits not'; }
                """
                        + functions()
                        + command
                        + "\n");
        Process process = new ProcessBuilder(shell, script.toString())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), text);
    }

    private static String functions() throws IOException {
        try (InputStream in = Objects.requireNonNull(ShellSteps.class.getResourceAsStream("steps.sh"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
