package io.untorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.cli.UntornCommand.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpecCommandTest {
    @TempDir
    Path folder;

    @Test
    void theKernelsNameIsEnough() throws Exception {
        Result result = run("--kernel", "debian:6.12.117-1", "--target", "xfs");
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.output()).startsWith("linux-6.12, XFS: ").doesNotContain(", ext4: ");
        assertThat(result.errors()).isEmpty();
    }

    @Test
    void withoutOptionsTheNewestOfEveryTarget() throws Exception {
        assertThat(run().output()).contains("linux-7.3, block device: ", "linux-7.3, ext4: ", "linux-7.3, XFS: ");
    }

    @Test
    void twoWaysToCompare() throws Exception {
        Result both = run("--diff", "linux-6.12", "linux-6.16", "--target", "xfs");
        assertThat(both.output()).startsWith("from linux-6.12 to linux-6.16, XFS: ");
        assertThat(run("--spec", "linux-6.12", "--diff", "linux-6.16", "--target", "xfs")
                        .output())
                .isEqualTo(both.output());
    }

    @Test
    void aNewerKernelHasTheRulesOfTheNewestKnown() throws Exception {
        Result result = run("--spec", "linux-7.9", "--target", "bdev");
        assertThat(result.exitCode()).isZero();
        assertThat(result.output()).startsWith("linux-7.3, block device: ");
        assertThat(result.errors()).isEqualTo("note: linux-7.9 is newer than the rules; those of linux-7.3 apply\n");
    }

    @Test
    void mistakesAreReported() throws Exception {
        run("--spec", "nosuch").assertMessage(2, "'nosuch'", "linux-6.1, linux-6.2", "linux-7.3");
        run("--target", "nosuch").assertMessage(2, "'nosuch'", "there are: bdev");
        run("--spec", "linux-6.1", "--kernel", "debian:6.1")
                .assertMessage(2, "--spec", "--kernel", "mutually exclusive");
        run("--spec", "linux-6.1", "--diff", "linux-6.2", "linux-6.3").assertMessage(2, "leave out --spec");
        run("--kernel", "nosuch").assertMessage(2, "'nosuch'", "debian:newest");
    }

    private Result run(String... options) throws Exception {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "spec";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return UntornCommand.run(folder, arguments);
    }
}
