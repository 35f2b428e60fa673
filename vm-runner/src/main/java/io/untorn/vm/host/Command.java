package io.untorn.vm.host;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Runs a program of the host to its end, with its messages in English.
 *
 * @param program its name, looked up in {@code PATH} and the folders of administrators' programs
 * @param debianPackage the package to install if it is missing
 */
public record Command(String program, String debianPackage) {
    private static final Path APT_FOLDER = Path.of("/usr/lib/apt");

    /** The result of a program: exit code, standard output, standard error. */
    public record Result(int exitCode, String output, String errors) {

        /** Return the first line of standard error that apt marks as error or warning, else all of it as one line. */
        public String complaint() {
            List<String> marked = errors.lines()
                    .filter(line -> line.startsWith("E: ") || line.startsWith("W: "))
                    .toList();
            return switch (marked.size()) {
                case 0 -> errors.strip().replace('\n', ' ');
                case 1 -> marked.get(0);
                default -> marked.get(0) + " (and " + (marked.size() - 1) + " more)";
            };
        }
    }

    /**
     * Run it.
     *
     * @throws UntornException as the caller's mistake if the program is not installed, as failed machinery if this
     *     thread is interrupted (the program is ended then)
     */
    public Result run(List<String> arguments) {
        List<String> line = new ArrayList<>(List.of(locate().toString()));
        line.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(line).redirectInput(new File("/dev/null"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw UntornException.machinery("Cannot run " + line.get(0) + ": " + e.getMessage(), e);
        }
        try {
            CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
            CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            int exitCode = process.waitFor();
            return new Result(exitCode, output.join(), errors.join());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UntornException.machinery("Interrupted while " + program + " ran.", e);
        } finally {
            process.destroy();
        }
    }

    private Path locate() {
        return HostPrograms.find(program)
                .or(() -> Optional.of(APT_FOLDER.resolve(program)).filter(Files::isExecutable))
                .orElseThrow(() -> UntornException.caller(
                        "The program " + program + " is missing: apt-get install " + debianPackage));
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
