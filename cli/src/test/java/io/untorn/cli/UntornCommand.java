package io.untorn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.untorn.conformance.result.Settings;
import io.untorn.vm.cache.CacheFolder;
import io.untorn.vm.kernel.BootableKernel;
import io.untorn.vm.kernel.KernelRef;
import io.untorn.vm.kernel.KernelSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The command in a JVM of its own, whose temporary files go to a folder of its own.
 *
 * <p>It runs on {@link #KERNEL}, one of Debian's, which the system property {@code untorn.kernel} names.
 */
final class UntornCommand implements AutoCloseable {
    static final String KERNEL = System.getProperty("untorn.kernel", Settings.DEFAULT_KERNEL);

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Path temporary;
    private final Path output;
    private final Path errors;
    private final Process process;

    /** The exit code of the command and its output. */
    record Result(int exitCode, String output, String errors) {
        /** Check that it ended with this exit code and one message, which holds all these parts and no stack trace. */
        void assertMessage(int wantedExitCode, String... parts) {
            assertThat(exitCode).as(toString()).isEqualTo(wantedExitCode);
            assertThat(errors.lines().filter(line -> line.startsWith("untorn: ")))
                    .singleElement()
                    .asString()
                    .contains(parts);
            assertNoStackTrace();
        }

        void assertNoStackTrace() {
            assertThat(output + errors).doesNotContain("Exception", "\tat ");
        }
    }

    private UntornCommand(Path folder, List<String> launcher, List<String> arguments) throws IOException {
        temporary = Files.createDirectories(folder.resolve("tmp"));
        output = folder.resolve("stdout");
        errors = folder.resolve("stderr");
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(arguments);
        process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
    }

    /**
     * Start the command.
     *
     * @param folder where what it prints and its temporary files go
     */
    static UntornCommand start(Path folder, String... arguments) throws IOException {
        return startBy(List.of(), folder, arguments);
    }

    /** Start the command by another, which replaces itself with what its arguments name. */
    static UntornCommand startBy(List<String> launcher, Path folder, String... arguments) throws IOException {
        return new UntornCommand(folder, launcher, List.of(arguments));
    }

    /** Run the command to its end, and check that it left nothing behind. */
    static Result run(Path folder, String... arguments) throws Exception {
        try (UntornCommand command = start(folder, arguments)) {
            return command.awaitEnd();
        }
    }

    /** Return the kernel as files, fetched if it was not yet. */
    static BootableKernel kernel() {
        return new KernelSource(CacheFolder.path(), System.out::println)
                .resolve(KernelRef.parse(KERNEL, Optional.empty()));
    }

    /** Wait until it has judged some operations. */
    void awaitJudging() {
        await().atMost(LIMIT).pollInterval(POLL).until(() -> {
            assertThat(process.isAlive()).as(read(errors)).isTrue();
            return read(errors).contains("operations judged");
        });
    }

    /** Wait for the end, and check that no process and no folder of it is left. */
    Result awaitEnd() throws InterruptedException {
        Result result = awaitEndOnly(LIMIT);
        assertThat(processes()).isEmpty();
        assertThat(temporary).isDirectoryNotContaining("glob:**/untorn-*");
        return result;
    }

    /** Wait for the end of the JVM alone. */
    Result awaitEndOnly(Duration limit) throws InterruptedException {
        assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                .as("ended in " + limit + ": " + read(errors))
                .isTrue();
        return new Result(process.exitValue(), read(output), read(errors));
    }

    /** Return the machines that run for it: the processes beside itself that name its temporary folder. */
    List<ProcessHandle> processes() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(other -> other.pid() != process.pid())
                    .filter(other -> other.info().commandLine().orElse("").contains(temporary.toString()))
                    .toList();
        }
    }

    Process process() {
        return process;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
