package io.untorn.cli;

import io.untorn.conformance.result.ExitCode;
import io.untorn.vm.host.UntornException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A run of the same command in a JVM of its own, because jqwik keeps state for a JVM. It ends when its standard input
 * closes, so it cannot outlive this JVM, however that ends.
 */
final class ChildRun implements AutoCloseable {
    private static final String PROPERTY = "untorn.ends-with-input";
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Process process;
    private final Thread reader;
    private volatile String lastError = "";

    private ChildRun(Process process, Consumer<String> progress) {
        this.process = process;
        reader = new Thread(() -> read(progress), "untorn-child");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Start a run.
     *
     * @param arguments the arguments of the command
     * @param progress gets each line that it reports
     */
    static ChildRun start(List<String> arguments, Consumer<String> progress) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-Duntorn.terminal"))
                .forEach(command::add);
        command.addAll(
                List.of("-D" + PROPERTY + "=true", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        try {
            return new ChildRun(
                    new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start(),
                    progress);
        } catch (IOException e) {
            throw UntornException.machinery("can't start another Java: " + e.getMessage(), e);
        }
    }

    /** If another run started this one, end as soon as the other has ended. */
    static void endWithParent() {
        if (!Boolean.getBoolean(PROPERTY)) {
            return;
        }
        Thread watch = new Thread(
                () -> {
                    try {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        // Treated as the end of input.
                    }
                    System.exit(ExitCode.MACHINERY_FAILED.number());
                },
                "untorn-parent");
        watch.setDaemon(true);
        watch.start();
    }

    private void read(Consumer<String> progress) {
        try (BufferedReader errors = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = errors.readLine(); line != null; line = errors.readLine()) {
                if (line.startsWith("untorn: ")) {
                    lastError = line.substring("untorn: ".length());
                } else {
                    progress.accept(line);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            lastError = "its output ended: " + e.getMessage();
        }
    }

    /** Wait for its end, and return the exit code. */
    int await() throws InterruptedException {
        int code = process.waitFor();
        reader.join(GRACE.toMillis());
        return code;
    }

    /** Return its last error message; empty if there was none. */
    String lastError() {
        return lastError;
    }

    /** End it; it saves its results first. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
