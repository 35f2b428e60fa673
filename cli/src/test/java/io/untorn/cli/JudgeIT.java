package io.untorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.cli.UntornCommand.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Judges the history that the documentation shows, and altered copies of it. */
final class JudgeIT {
    private static final Path DOCUMENTATION = Path.of("..", "docs", "trace-file.md");

    @TempDir
    Path folder;

    @Test
    void aHistoryThatConforms() throws Exception {
        Result result = judge(example("\"steps\""));
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.output())
                .startsWith("xfs on 7.3.4 conforms to linux-7.3\n")
                .contains(
                        "judged    3 of 3 operations",
                        "reached   offset-naturally-aligned: 1 failed with EINVAL (required)");
        assertThat(result.errors()).isEmpty();
    }

    @Test
    void aHistoryThatDoesNot() throws Exception {
        String history = example("\"steps\"");
        Result result =
                judge(history.replace("\"failed\", \"errno\": {\"number\": 22}", "\"returned\", \"value\": 4096"));
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(1);
        assertThat(result.output())
                .startsWith("xfs on 7.3.4 breaks offset-naturally-aligned\n")
                .contains(
                        "rule      The offset of an atomic write, or the position where it has none, is a multiple of its length.",
                        "source    pwritev2(2), RWF_ATOMIC",
                        "2. atomic write of 4096 bytes at 512    <-- here",
                        "expected  failed with EINVAL",
                        "actual    returned 4096");
        assertThat(result.errors()).isEmpty();
    }

    @Test
    void bySpecification() throws Exception {
        Path history = Files.writeString(folder.resolve("history.json"), example("\"steps\""));
        Result promise = UntornCommand.run(folder, "judge", "--spec", "promise", history.toString());
        assertThat(promise.exitCode()).as(promise.toString()).isZero();
        assertThat(promise.output()).startsWith("xfs on 7.3.4 conforms to promise\n");

        Result older = UntornCommand.run(folder, "judge", "--spec", "linux-6.12", history.toString());
        assertThat(older.exitCode()).as(older.toString()).isEqualTo(1);
        UntornCommand.run(folder, "judge", "--spec", "rfc-ext4-2023", history.toString())
                .assertMessage(2, "--spec rfc-ext4-2023 says nothing about xfs");
        UntornCommand.run(folder, "judge", "--spec", "linux-2.6", history.toString())
                .assertMessage(2, "no specification 'linux-2.6'; there are: linux-6.1,");
    }

    @Test
    void aBrokenHistory() throws Exception {
        String history = example("\"steps\"");
        judge(history.substring(0, history.length() / 2))
                .assertMessage(2, "history.json, line ", "is not a history: not JSON");
        judge(history.replace("\"failed\"", "\"refused\""))
                .assertMessage(
                        2, "history.json, line ", ", column ", "unknown outcome 'refused'; there are: ", "failed");
    }

    @Test
    void noHistory() throws Exception {
        UntornCommand.run(folder, "judge", "missing.json").assertMessage(2, "no such file: missing.json");
    }

    @Test
    void aTraceForAHistoryAndTheOtherWayRound() throws Exception {
        judge(example("\"version\": 2")).assertMessage(2, "It is a trace", "./untorn replay");
        Path history = Files.writeString(folder.resolve("history.json"), example("\"steps\""));
        UntornCommand.run(folder, "replay", history.toString()).assertMessage(2, "It is a history", "./untorn judge");
    }

    private Result judge(String history) throws Exception {
        Path file = Files.writeString(folder.resolve("history.json"), history);
        return UntornCommand.run(folder, "judge", file.toString());
    }

    /** Return the example in the documentation that contains a text. */
    private static String example(String part) throws IOException {
        List<String> examples = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(DOCUMENTATION))
                .results()
                .map(MatchResult::group)
                .map(block -> block.replaceAll("```(json)?", ""))
                .filter(block -> block.contains(part))
                .toList();
        assertThat(examples).hasSize(1);
        return examples.get(0);
    }
}
