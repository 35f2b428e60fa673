package io.untorn.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program that the host sent, bounded in time and in what it may print. */
final class GuestProgram {
    /** The most that is kept of what it prints, in bytes. */
    static final int MAX_OUTPUT = 64 << 10;

    private final Program program;

    GuestProgram(Program program) {
        this.program = program;
    }

    /** Run it to its end, or to the limit's, with one argument. */
    Reply.ProgramEnded run(String argument, Duration limit) throws IOException, InterruptedException {
        Path file = Files.createTempFile(
                "program", "", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            Files.write(file, program.bytes());
            Process process = new ProcessBuilder(file.toString(), argument)
                    .redirectErrorStream(true)
                    .start();
            CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> head(process.getInputStream()));
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AgentException("the program did not end in " + limit.toSeconds() + " s");
            }
            return new Reply.ProgramEnded(process.exitValue(), output.join());
        } finally {
            Files.delete(file);
        }
    }

    /** Read all, so that the program can go on, and keep what comes first. */
    private static String head(InputStream printed) {
        try (printed) {
            byte[] kept = printed.readNBytes(MAX_OUTPUT);
            printed.transferTo(OutputStream.nullOutputStream());
            return new String(kept, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AgentException("can't read what the program printed: " + e.getMessage(), e);
        }
    }
}
