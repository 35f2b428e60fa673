package io.untorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.cli.UntornCommand.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A finding of the repository is shown again, by its trace and by its program. */
final class ReproduceIT {
    /** A device shows it on every kernel with atomic writes so far. */
    private static final Path FINDING = Path.of("..", "findings", "device-atomic-write-cut-at-missing-page");

    @TempDir
    Path folder;

    @Test
    void theProgramShowsTheSame() throws Exception {
        Path output = folder.resolve("output");
        Result shown = UntornCommand.run(
                folder,
                "reproduce",
                FINDING.toString(),
                "--times",
                "1",
                "--kernel",
                UntornCommand.KERNEL,
                "--output",
                output.toString());
        assertThat(shown.exitCode()).as(shown.toString()).isEqualTo(1);
        assertThat(shown.output())
                .contains("breaks memory-missing-in-part", "shown again 1 of 1 times")
                .contains("  | the fault shows", "reproducer.c showed the same");
        shown.assertNoStackTrace();
        Path written = output.resolve("findings").resolve(FINDING.getFileName());
        assertThat(Files.readString(written.resolve("report.md")).replace('\n', ' '))
                .contains("reproducer.c showed the same", "## Cause, as far as it is read", "## Upstream");
        assertThat(written.resolve("reproducer.sh")).isNotEmptyFile();
    }

    @Test
    void aFolderWithoutATrace() throws Exception {
        UntornCommand.run(folder, "reproduce", folder.toString()).assertMessage(2, "no such file: ", "trace.json");
    }
}
