package io.untorn.agent;

import io.untorn.agent.protocol.AgentException;
import io.untorn.agent.protocol.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A command in the guest, bounded in time and in what it may print. */
final class GuestProcess {
    private final List<String> command;

    GuestProcess(List<String> command) {
        this.command = command;
    }

    /** Run it to its end, or to the limit's. */
    Reply.ProgramEnded run(Duration limit) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> head(process.getInputStream()));
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new UnansweredException("the program did not end in " + limit.toSeconds() + " s");
        }
        return new Reply.ProgramEnded(process.exitValue(), output.join());
    }

    /** Read all, so that the program can go on, and keep what comes first. */
    private static String head(InputStream printed) {
        try (printed) {
            byte[] kept = printed.readNBytes(Reply.ProgramEnded.MAX_OUTPUT);
            printed.transferTo(OutputStream.nullOutputStream());
            return new String(kept, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AgentException("can't read what the program printed: " + e.getMessage(), e);
        }
    }
}
