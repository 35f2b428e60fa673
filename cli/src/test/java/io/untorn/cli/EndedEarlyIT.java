package io.untorn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.untorn.cli.UntornCommand.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that is ended from outside ends its machine too. */
final class EndedEarlyIT {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** A shell's background jobs ignore SIGINT, and so do their children unless the signal is reset. */
    private static final List<String> HEEDING_INTERRUPTS = List.of("env", "--default-signal=INT");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aSignalTellsWhatWasJudged(String name, int exitCode) throws Exception {
        try (UntornCommand command = start()) {
            command.awaitJudging();
            signal(name, command.process());
            command.awaitEndOnly(LIMIT);
            Result result = command.awaitEnd();
            assertReportsWhatWasJudged(result, exitCode);
        }
    }

    @Test
    void anInterruptEndsAllMachinesOfARunAndTellsWhatTheyJudged() throws Exception {
        try (UntornCommand command = start("--jobs", "2")) {
            command.awaitJudging();
            signal("INT", command.process());
            Result result = command.awaitEnd();
            assertReportsWhatWasJudged(result, 130);
            assertThat(folder.resolve("findings/results.json")).isRegularFile();
            assertThat(folder.resolve("findings/machines")).doesNotExist();
        }
    }

    /** Its folder stays: a killed process cannot remove it. */
    @Test
    void aKilledCommandTakesItsMachineAlong() throws Exception {
        try (UntornCommand command = start()) {
            command.awaitJudging();
            assertThat(command.processes()).isNotEmpty();
            command.process().destroyForcibly();
            await().atMost(LIMIT).until(() -> command.processes().isEmpty());
        }
    }

    private static void assertReportsWhatWasJudged(Result result, int exitCode) {
        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.output())
                .containsOnlyOnce("interrupted; judged so far:")
                .containsOnlyOnce("verdict")
                .containsPattern("(?m)^bdev +[1-9]");
        assertThat(result.errors()).doesNotContain("untorn: ");
        result.assertNoStackTrace();
    }

    private UntornCommand start(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("run", "--target", "bdev", "--kernel", UntornCommand.KERNEL));
        arguments.addAll(List.of("--output", folder.resolve("findings").toString()));
        arguments.addAll(List.of(options));
        return UntornCommand.startBy(HEEDING_INTERRUPTS, folder, arguments.toArray(String[]::new));
    }

    private static void signal(String name, Process process) throws Exception {
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start();
        assertThat(kill.waitFor()).isZero();
    }
}
