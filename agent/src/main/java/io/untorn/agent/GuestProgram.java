package io.untorn.agent;

import io.untorn.agent.protocol.Program;
import io.untorn.agent.protocol.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/** A program that the host sent. */
final class GuestProgram {
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
            return new GuestProcess(List.of(file.toString(), argument)).run(limit);
        } finally {
            Files.delete(file);
        }
    }
}
