package io.untorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.cli.UntornCommand.Result;
import io.untorn.vm.BootableKernel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fails beside the kernel ends a run with exit code 3: that is no verdict on the kernel. */
final class MachineryFailureIT {
    @TempDir
    Path folder;

    /** The cache is a file system of 4 MiB, seen by the command alone. */
    @Test
    void noSpaceInTheCache() throws Exception {
        BootableKernel kernel = UntornCommand.kernel();
        Path cache = Files.createDirectory(folder.resolve("cache"));
        List<String> mounted = new ArrayList<>(ownMounts());
        mounted.addAll(List.of(
                "sh",
                "-c",
                "mount -t tmpfs -o size=4m none \"$0\" && export XDG_CACHE_HOME=\"$0\""
                        + " && { \"$@\"; code=$?; umount \"$0\"; exit $code; }",
                cache.toString()));

        try (UntornCommand command = UntornCommand.startBy(
                mounted,
                folder,
                "run",
                "--target",
                "bdev",
                "--kernel",
                kernel.image().toString(),
                "--modules",
                kernel.modules().folder().toString())) {
            command.awaitEnd()
                    .assertTold(3, "no space", cache.toString(), "MiB are free", "Free some", "XDG_CACHE_HOME");
        }
    }

    @Test
    void aKilledMachineEndsTheRunWithWhatWasJudged() throws Exception {
        try (UntornCommand command = UntornCommand.start(
                folder,
                "run",
                "--target",
                "bdev",
                "--kernel",
                UntornCommand.KERNEL,
                "--output",
                folder.resolve("findings").toString())) {
            command.awaitJudging();
            assertThat(command.processes()).isNotEmpty().allSatisfy(ProcessHandle::destroyForcibly);
            Result result = command.awaitEnd();
            result.assertTold(3, "the virtual machine is gone", "Run again", "ended before it answered");
            assertThat(result.errors()).containsOnlyOnce("The console's last lines");
            assertThat(result.output()).containsPattern("(?m)^target +tries").containsPattern("(?m)^bdev +[1-9]");
            assertThat(folder.resolve("findings").resolve("findings")).doesNotExist();
        }
    }

    /** Return the command under which others can't see what is mounted. */
    private static List<String> ownMounts() throws Exception {
        boolean root = System.getProperty("user.name").equals("root");
        List<String> command =
                root ? List.of("unshare", "-m", "--propagation", "unchanged") : List.of("unshare", "-rm");
        List<String> trial = new ArrayList<>(command);
        trial.add("true");
        assertThat(new ProcessBuilder(trial).start().waitFor())
                .as("this test needs a mount namespace: run it as root, or allow user namespaces"
                        + " (sysctl kernel.unprivileged_userns_clone=1)")
                .isZero();
        return command;
    }
}
