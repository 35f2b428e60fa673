package io.untorn.cli;

import io.untorn.conformance.file.TraceFile;
import io.untorn.model.history.Environment;
import io.untorn.model.history.History;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Oracle;
import io.untorn.model.rules.Specifications;
import io.untorn.model.target.Target;
import io.untorn.vm.VirtualKernel;
import io.untorn.vm.host.TemporaryFolder;
import io.untorn.vm.host.UntornException;
import io.untorn.vm.qemu.Reset;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Measures several times how long a machine takes to start and to answer. */
final class StartTimes {
    private static final double NANOS = 1e9;

    private final VirtualKernel.Configuration configuration;
    private final Trace trace;
    private final int times;
    private final Consumer<String> progress;

    /**
     * Measure on one target.
     *
     * @param times the number of measurements, 1 or more
     */
    StartTimes(VirtualKernel.Configuration configuration, Target target, int times, Consumer<String> progress) {
        this.configuration = configuration;
        this.trace = new Trace(
                target, List.of(Write.plain(Access.BUFFERED, 0, 8192), Write.atomic(4096, 4096), new Truncate(4096)));
        this.times = times;
        this.progress = progress;
    }

    /** Measure everything but the whole command, and print each line when it is complete. */
    void measure(PrintStream out) {
        List<Double> boots = new ArrayList<>();
        List<Double> firsts = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            try (VirtualKernel kernel = VirtualKernel.boot(configuration.with(Reset.BOOT), progress)) {
                double booted = kernel.startTime().toNanos() / NANOS;
                boots.add(booted);
                firsts.add(booted + seconds(() -> judge(kernel)));
            }
        }
        out.print(line("boot, from exec of QEMU to agent ready", boots));
        out.print(line("boot, to the first sequence judged", firsts));
        // The first run saves the snapshots that the others start from.
        judgeFromSnapshot();
        List<Double> starts = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            starts.add(seconds(this::judgeFromSnapshot));
        }
        out.print(line("start from snapshot, to the first judged", starts));
        List<Double> restores = new ArrayList<>();
        try (VirtualKernel kernel = VirtualKernel.boot(configuration.with(Reset.SNAPSHOT), progress)) {
            for (int i = 0; i < times; i++) {
                judge(kernel);
                restores.add(seconds(() -> {
                    kernel.restore();
                    kernel.ping();
                }));
            }
        }
        out.print(line("restore and first answer", restores));
    }

    /**
     * Measure a replay of three operations as a whole command, without the launcher.
     *
     * @param kernelOptions the options that name the kernel
     */
    String ofReplay(List<String> kernelOptions) {
        List<Double> commands = new ArrayList<>();
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            Path file = folder.path().resolve("three.json");
            TraceFile.write(file, trace);
            // The first run saves the snapshot that the others start from.
            replay(file, kernelOptions, folder.path());
            for (int i = 0; i < times; i++) {
                commands.add(seconds(() -> replay(file, kernelOptions, folder.path())));
            }
        } catch (IOException e) {
            throw UntornException.machinery("cannot measure a replay: " + e.getMessage(), e);
        }
        return line("replay of three operations, whole command", commands);
    }

    private static void replay(Path file, List<String> kernelOptions, Path folder) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Main.class.getName(), "replay", file.toString(), "--output", folder.toString()));
        command.addAll(kernelOptions);
        Path output = folder.resolve("output");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (process.waitFor() != 0) {
                throw UntornException.machinery("a replay of three operations failed: " + Files.readString(output));
            }
        } catch (IOException e) {
            throw UntornException.machinery("cannot run a replay: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw UntornException.machinery("interrupted in a replay", e);
        }
    }

    private void judgeFromSnapshot() {
        try (VirtualKernel kernel = VirtualKernel.boot(configuration.with(Reset.SNAPSHOT), progress)) {
            judge(kernel);
        }
    }

    private void judge(VirtualKernel kernel) {
        Environment environment = kernel.prepare(trace.target());
        History history = kernel.run(trace.withReadBack());
        new Oracle(Specifications.linux(environment.kernel(), trace.target().kind())).judge(history);
    }

    private static double seconds(Runnable measured) {
        long start = System.nanoTime();
        measured.run();
        return (System.nanoTime() - start) / NANOS;
    }

    private static String line(String what, List<Double> seconds) {
        List<Double> sorted = seconds.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "%-44s  %5.2f s, worst of %d: %5.2f s%n",
                what,
                sorted.get((sorted.size() - 1) / 2),
                sorted.size(),
                sorted.get(sorted.size() - 1));
    }
}
