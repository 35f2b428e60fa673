package io.untorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.cli.UntornCommand.Result;
import io.untorn.vm.kernel.BootableKernel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wrong call ends at once, with exit code 2 and one message that says what to do. */
final class CallerMistakesIT {
    @TempDir
    Path folder;

    @Test
    void aFileThatIsNoKernel() throws Exception {
        Path text = Files.writeString(folder.resolve("text.txt"), "not a kernel");
        Result result = run("--kernel", text.toString(), "--modules", folder.toString());
        result.assertMessage(2, text + " is not a kernel", "arch/x86/boot/bzImage");
        assertThat(result.output()).doesNotContain("verdict");
    }

    @Test
    void aFolderWithoutModules() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        run("--kernel", UntornCommand.kernel().image().toString(), "--modules", empty.toString())
                .assertMessage(2, "no kernel modules in " + empty, "modules.dep", "make modules_install");
    }

    @Test
    void modulesWithoutTheDisk() throws Exception {
        BootableKernel kernel = UntornCommand.kernel();
        Path modules = folder.resolve("modules");
        FileUtils.copyDirectory(kernel.modules().folder().toFile(), modules.toFile(), file -> !file.getName()
                .startsWith("scsi_debug"));
        String image = kernel.image().toString();
        UntornCommand.run(folder, "run", "--target", "bdev", "--kernel", image, "--modules", modules.toString())
                .assertMessage(2, "There is no kernel module " + modules, "scsi_debug", "Install the modules again");
    }

    @Test
    void aKernelWithoutAnOption() throws Exception {
        BootableKernel kernel = UntornCommand.kernel();
        Path image = Files.copy(kernel.image(), folder.resolve("bzImage"));
        Files.writeString(
                folder.resolve("config"),
                Files.readString(kernel.config().orElseThrow()).replace("CONFIG_UNIX=y", "# CONFIG_UNIX is not set"));
        String modules = kernel.modules().folder().toString();
        UntornCommand.run(folder, "run", "--target", "bdev", "--kernel", image.toString(), "--modules", modules)
                .assertMessage(2, "was built without ", "CONFIG_UNIX=y: a Java runtime creates a socket pair");
    }

    @Test
    void aFolderThatIsNoKernelTree() throws Exception {
        run("--kernel", folder.toString())
                .assertMessage(2, folder + "' is a folder, but no kernel tree", "debian:newest");
    }

    @Test
    void aTreeThatIsNoneToBuild() throws Exception {
        UntornCommand.run(folder, "build", folder.toString())
                .assertMessage(2, folder + " is not a Linux source tree", "Kconfig");
    }

    @Test
    void anUnknownSet() throws Exception {
        UntornCommand.run(folder, "build", folder.toString(), "--set", "fast")
                .assertMessage(2, "no set 'fast'", "quick, debug, coverage");
    }

    @Test
    void anUnknownVersionToFetch() throws Exception {
        UntornCommand.run(folder, "kernels", "fetch", "debian:99.9")
                .assertMessage(2, "debian:99.9", "offers the series", "debian:newest");
    }

    @Test
    void anUnknownVersion() throws Exception {
        run("--kernel", "debian:99.9").assertMessage(2, "debian:99.9", "offers the series", "debian:newest");
    }

    @Test
    void anUnknownTarget() throws Exception {
        run("--target", "nosuch").assertMessage(2, "'nosuch'", "there are: bdev, ext4, ext4-bigalloc, xfs");
    }

    @Test
    void anUnknownDeviation() throws Exception {
        run("--fixed", "nosuch")
                .assertMessage(2, "no known deviation 'nosuch'", "there are: atomic-write-cut-at-size-limit");
    }

    @Test
    void anUnknownOption() throws Exception {
        Result result = run("--nosuch");
        result.assertMessage(2, "'--nosuch'", "untorn run --help");
        assertThat(result.errors()).hasLineCount(1);
    }

    @Test
    void aBudgetThatIsNoDuration() throws Exception {
        Result result = run("--budget", "soon");
        result.assertMessage(2, "'--budget'", "'soon'", "write 90s, 2m or 1h", "untorn run --help");
        assertThat(result.errors()).hasLineCount(1);
    }

    @Test
    void tooLongForExhaustiveSearch() throws Exception {
        run("--exhaustive", "4").assertMessage(2, "--exhaustive 4", "give 1 to 3");
    }

    @Test
    void nothingToRestart() throws Exception {
        run("--restart").assertMessage(2, "--restart", "give --exhaustive N along with it");
    }

    @Test
    void noTries() throws Exception {
        run("--tries", "0").assertMessage(2, "--tries 0", "give 1 or more");
    }

    @Test
    void aTraceWithoutOperations() throws Exception {
        Path trace = Files.writeString(
                folder.resolve("trace.json"),
                """
                {"version": 2, "operations": [],
                 "target": {"name": "xfs", "kind": "XFS", "blockSize": 4096, "clusterSize": 4096, "reflink": true}}
                """);
        for (String command : List.of("replay", "show", "reproduce")) {
            String place = (command.equals("reproduce") ? folder : trace).toString();
            UntornCommand.run(folder, command, place).assertMessage(2, trace + ": this trace has no operations");
        }
    }

    @Test
    void noArgumentsShowTheUsage() throws Exception {
        Result result = UntornCommand.run(folder);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errors()).startsWith("Usage: untorn").contains("run", "replay", "Exit codes");
        assertThat(result.output()).isEmpty();
        result.assertNoStackTrace();
    }

    @Test
    void helpAndVersionAreNoMistakes() throws Exception {
        Result help = UntornCommand.run(folder, "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.output()).startsWith("Usage: untorn").contains("run", "replay", "Exit codes");
        assertThat(help.errors()).isEmpty();

        Result version = UntornCommand.run(folder, "--version");
        assertThat(version.exitCode()).isZero();
        assertThat(version.output()).matches("untorn \\d+\\.\\d+\\.\\d+\\R");
        assertThat(version.errors()).isEmpty();
    }

    private Result run(String... options) throws Exception {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "run";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return UntornCommand.run(folder, arguments);
    }
}
