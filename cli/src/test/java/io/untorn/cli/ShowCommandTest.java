package io.untorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.cli.UntornCommand.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShowCommandTest {
    private static final Path FINDING = Path.of("..", "findings", "xfs-direct-read-past-end-eio");

    @TempDir
    Path folder;

    @Test
    void aTraceIsDrawnInPlainCharacters() throws Exception {
        Result result =
                UntornCommand.run(folder, "show", FINDING.resolve("trace.json").toString());

        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.output())
                .startsWith("xfs on linux-7.3\nno kernel ran: ")
                .contains("\n  1. ", "# written")
                .doesNotContain("\033");
        assertThat(result.errors()).isEmpty();
    }

    @Test
    void aFolderWithAHistoryIsDrawnAsSeen() throws Exception {
        assertThat(UntornCommand.run(folder, "show", FINDING.toString()).output())
                .startsWith("xfs on 7.3.4+deb13-cloud-amd64: breaks read-returns-what-is-there\noutcomes as seen")
                .contains("actual: failed with EIO");
    }

    @Test
    void isDrawnByTheRulesOfAnotherVersion() throws Exception {
        Path trace = FINDING.resolve("trace.json");
        assertThat(UntornCommand.run(folder, "show", "--spec", "linux-6.12", trace.toString())
                        .output())
                .startsWith("xfs on linux-6.12\n")
                .contains("failed with EOPNOTSUPP");
        UntornCommand.run(folder, "show", "--spec", "rfc-ext4-2023", trace.toString())
                .assertMessage(2, "--spec rfc-ext4-2023 says nothing about xfs");
    }

    @Test
    void asSvg() throws Exception {
        Path svg = folder.resolve("picture.svg");
        Result result = UntornCommand.run(
                folder,
                "show",
                "--svg",
                svg.toString(),
                FINDING.resolve("trace.json").toString());

        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.output()).isEmpty();
        assertThat(Files.readString(svg)).startsWith("<svg ").contains("<title>xfs on linux-7.3</title>");
        UntornCommand.run(
                        folder, "show", "--svg", folder.resolve("no/where.svg").toString(), FINDING.toString())
                .assertMessage(2, "can't write ", "where.svg");
    }

    @Test
    void mistakesAreReported() throws Exception {
        UntornCommand.run(folder, "show", "missing.json").assertMessage(2, "no such file: missing.json");
        UntornCommand.run(folder, "show", folder.toString()).assertMessage(2, "no trace.json in the folder");
        Path text = Files.writeString(folder.resolve("text.json"), "hello");
        UntornCommand.run(folder, "show", text.toString())
                .assertMessage(2, "text.json, line 1", "is not a trace: not JSON");
    }

    @Test
    void theSchemas() throws Exception {
        assertThat(UntornCommand.run(folder, "schema").output())
                .isEqualTo(Files.readString(Path.of("..", "docs", "trace.schema.json")));
        assertThat(UntornCommand.run(folder, "schema", "history").output())
                .isEqualTo(Files.readString(Path.of("..", "docs", "history.schema.json")));
        UntornCommand.run(folder, "schema", "verdict").assertMessage(2, "'verdict'", "untorn schema --help");
    }
}
