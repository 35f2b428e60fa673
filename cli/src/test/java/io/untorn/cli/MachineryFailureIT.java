package io.untorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.cli.UntornCommand.Result;
import io.untorn.conformance.file.TraceFile;
import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Write;
import io.untorn.vm.Targets;
import io.untorn.vm.kernel.BootableKernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A harness failure ends a run with exit code 3, and is never a verdict on the kernel. */
final class MachineryFailureIT {
    @TempDir
    Path folder;

    @Test
    void noSpaceInTheCache() throws Exception {
        Path cache = Files.createDirectory(folder.resolve("cache"));
        runOnAFullCache(cache, 4)
                .assertMessage(3, "no space", cache.toString(), "MiB are free", "Free some", "XDG_CACHE_HOME");
    }

    /** There is space for the guest image, which is all that a run needs. */
    @Test
    void noSpaceForASnapshot() throws Exception {
        Path cache = Files.createDirectory(folder.resolve("cache"));
        Result result = runOnAFullCache(cache, 290);
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.errors())
                .containsOnlyOnce("cannot keep a snapshot of the machine, so the next run boots again: ")
                .doesNotContain("the agent's classes can't be archived");
        result.assertNoStackTrace();
    }

    /** Both build what is missing, and both keep it. */
    @Test
    void twoRunsOnOneCache() throws Exception {
        BootableKernel kernel = UntornCommand.kernel();
        Path cache = Files.createDirectory(folder.resolve("cache"));
        List<String> withIt = List.of("env", "XDG_CACHE_HOME=" + cache);
        Path one = Files.createDirectory(folder.resolve("one"));
        Path other = Files.createDirectory(folder.resolve("other"));
        try (UntornCommand first = UntornCommand.startBy(withIt, one, replay(kernel));
                UntornCommand second = UntornCommand.startBy(withIt, other, replay(kernel))) {
            assertThat(List.of(first.awaitEnd(), second.awaitEnd())).allSatisfy(result -> {
                assertThat(result.exitCode()).as(result.toString()).isZero();
                assertThat(result.errors()).doesNotContain("cannot keep");
                result.assertNoStackTrace();
            });
        }
        try (Stream<Path> kept = Files.walk(cache)) {
            assertThat(kept.map(Path::toString)).isNotEmpty().noneMatch(file -> file.endsWith(".tmp"));
        }
    }

    /** Run with a cache on a file system of this size in MiB, which only the command sees. */
    private Result runOnAFullCache(Path cache, int mebibytes) throws Exception {
        BootableKernel kernel = UntornCommand.kernel();
        List<String> mounted = new ArrayList<>(ownMounts());
        mounted.addAll(List.of(
                "sh",
                "-c",
                "mount -t tmpfs -o size=" + mebibytes + "m none \"$0\" && export XDG_CACHE_HOME=\"$0\""
                        + " && { \"$@\"; code=$?; umount \"$0\"; exit $code; }",
                cache.toString()));
        try (UntornCommand command = UntornCommand.startBy(mounted, folder, replay(kernel))) {
            return command.awaitEnd();
        }
    }

    private String[] replay(BootableKernel kernel) throws IOException {
        return new String[] {
            "replay",
            trace().toString(),
            "--kernel",
            kernel.image().toString(),
            "--modules",
            kernel.modules().folder().toString()
        };
    }

    private Path trace() throws IOException {
        Path file = folder.resolve("trace.json");
        TraceFile.write(
                file,
                new Trace(Targets.named(TargetMatrix.load(), "bdev").target(), List.of(Write.atomic(4096, 4096))));
        return file;
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
            result.assertMessage(3, "the virtual machine is gone", "Run again", "ended before it answered");
            assertThat(result.errors()).containsOnlyOnce("The console's last lines");
            assertThat(result.output()).containsPattern("(?m)^target +tries").containsPattern("(?m)^bdev +[1-9]");
            assertThat(folder.resolve("findings").resolve("findings")).doesNotExist();
        }
    }

    /** Return the command that runs others in a mount namespace of their own. */
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
