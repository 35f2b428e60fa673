package io.untorn.cli;

import io.untorn.conformance.judge.DeviationPolicy;
import io.untorn.conformance.result.Effort;
import io.untorn.conformance.result.ExitCode;
import io.untorn.conformance.result.Settings;
import io.untorn.conformance.trial.Benchmark;
import io.untorn.conformance.trial.Fio;
import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.vm.Targets;
import io.untorn.vm.VirtualKernel;
import io.untorn.vm.host.UntornException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the kit. */
@Command(
        name = "bench",
        description = {
            "Measure boots, starts from snapshots, and a replay as a whole command; the round trip to the guest; operations "
                    + "executed and judged per second in one run; and atomic writes per second by the kit, by the agent alone, "
                    + "and by fio in the same guest.",
            "",
            "With --against, measure instead how this clone of the kit compares with another: operations judged per second in "
                    + "a run, and the seconds until all rules and cells of a target were reached, or more than that ('>') if "
                    + "the run ended before.",
            ""
        })
final class BenchCommand implements Callable<Integer> {
    private static final int PINGS = 2000;
    private static final String NOTHING = "-";

    @Mixin
    private KernelOptions kernel = new KernelOptions();

    @Mixin
    private TargetOptions on = new TargetOptions();

    @Option(
            names = "--traces",
            paramLabel = "N",
            description = "How many sequences for each target. Default: ${DEFAULT-VALUE}",
            defaultValue = "500")
    private int traces = 500;

    @Option(
            names = "--boots",
            paramLabel = "N",
            description =
                    "How often to boot, start and restore; the median and the slowest are reported. Default: ${DEFAULT-VALUE}",
            defaultValue = "10")
    private int boots = 10;

    @Option(
            names = "--time",
            paramLabel = "DURATION",
            description = "How long to measure each way to write, 1s to 20s. Default: ${DEFAULT-VALUE}",
            defaultValue = "5s",
            converter = DurationConverter.class)
    private Duration time = Duration.ofSeconds(5);

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of all random choices. Default: ${DEFAULT-VALUE}",
            defaultValue = "1")
    private long seed = 1;

    @Option(
            names = "--against",
            paramLabel = "DIR",
            description = "Compare with the clone in this folder: runs of both, by turns, with the same seeds.")
    private @Nullable Path against;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "With --against, how many runs of each target. Default: ${DEFAULT-VALUE}",
            defaultValue = "3")
    private int runs = 3;

    @Option(
            names = "--budget",
            paramLabel = "DURATION",
            description = "With --against, how long a run judges a target at the least. Default: ${DEFAULT-VALUE}",
            defaultValue = "20s",
            converter = DurationConverter.class)
    private Duration budget = Duration.ofSeconds(20);

    @Override
    public Integer call() {
        if (against != null) {
            return compare(against);
        }
        requirePositive("--traces", traces);
        requirePositive("--boots", boots);
        if (time.toSeconds() < 1 || time.toSeconds() > 20) {
            throw UntornException.caller("--time " + time.toSeconds() + "s: give 1s to 20s");
        }
        Settings settings = kernel.settings(Effort.DEFAULT, seed, DeviationPolicy.STRICT);
        Optional<Fio> fio = Fio.find();
        List<String> targets = on.wanted();
        Consumer<String> progress = System.err::println;
        VirtualKernel.Configuration configuration =
                new VirtualKernel.Configuration(settings.kernel(), settings.modules(), targets, settings.fault());
        StartTimes starts = new StartTimes(
                configuration,
                Targets.named(TargetMatrix.load(), targets.get(0)).target(),
                boots,
                progress);
        starts.measure(System.out);
        System.out.print(starts.ofReplay(kernel.arguments()));
        VirtualKernel.Configuration withFio =
                configuration.with(fio.stream().map(Fio::file).toList()).with(settings.reset());
        try (VirtualKernel booted = VirtualKernel.boot(withFio, progress)) {
            booted.prepare(Targets.named(TargetMatrix.load(), targets.get(0)).target());
            print("%-44s  %5.2f ms%n%n", "round trip host, guest, host", roundTrip(booted));
            measure(booted, targets, fio);
        }
        return ExitCode.CONFORMS.number();
    }

    private int compare(Path other) {
        requirePositive("--runs", runs);
        SideBySide both = new SideBySide(home(), other, kernel.arguments(), budget, System.err::println);
        System.out.print(both.measure(on.wanted(), seed, runs));
        return ExitCode.CONFORMS.number();
    }

    /** Return the clone that this runs from: the launcher is two folders above the jar. */
    private static Path home() {
        Path jar = Path.of(BenchCommand.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        return jar.resolveSibling("../..").normalize();
    }

    private void measure(VirtualKernel booted, List<String> targets, Optional<Fio> fio) {
        StringBuilder speeds = new StringBuilder(String.format(
                "%-14s  %10s  %10s  %8s  %s%n",
                "target", "operations", "executed/s", "judged/s", "time with generating and judging : without"));
        StringBuilder writes = new StringBuilder(String.format(
                "%-14s  %8s  %12s  %7s  %13s  %s%n",
                "4 KiB writes/s", "judged", "agent's loop", "fio", "judged : loop", "loop : fio"));
        for (String name : targets) {
            System.err.println("measuring " + name);
            Benchmark benchmark = new Benchmark(
                    booted, Targets.named(TargetMatrix.load(), name).target(), seed, time);
            Benchmark.Speed speed = benchmark.generated(traces);
            speeds.append(String.format(
                    Locale.ROOT,
                    "%-14s  %,10d  %,10.0f  %,8.0f  %.2f%n",
                    name,
                    speed.operations(),
                    speed.executed(),
                    speed.judged(),
                    speed.ratio()));
            writes.append(line(name, benchmark.writes(fio)));
        }
        System.out.printf("%s%n%s%s%n", speeds, writes, about(fio));
    }

    private static String line(String name, Benchmark.Writes writes) {
        return String.format(
                Locale.ROOT,
                "%-14s  %,8.0f  %,12.0f  %7s  %13.2f  %s%n",
                name,
                writes.judged(),
                writes.looped(),
                writes.fio().isPresent()
                        ? String.format(Locale.ROOT, "%,.0f", writes.fio().getAsDouble())
                        : NOTHING,
                writes.judged() / writes.looped(),
                writes.fio().isPresent()
                        ? String.format(
                                Locale.ROOT,
                                "%.2f",
                                writes.looped() / writes.fio().getAsDouble())
                        : NOTHING);
    }

    private static String about(Optional<Fio> fio) {
        return fio.map(found -> found + ", pvsync2, direct, "
                        + (found.isAtomic() ? "with atomic=1" : "plain writes: fio supports atomic=1 from 3.39 on"))
                .orElse("fio not installed: apt-get install fio");
    }

    private static double roundTrip(VirtualKernel booted) {
        booted.ping();
        long start = System.nanoTime();
        for (int i = 0; i < PINGS; i++) {
            booted.ping();
        }
        return (System.nanoTime() - start) / 1e6 / PINGS;
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }

    private static void requirePositive(String option, int value) {
        if (value < 1) {
            throw UntornException.caller(option + " " + value + ": give 1 or more");
        }
    }
}
