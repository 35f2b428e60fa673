package io.untorn.cli;

import io.untorn.conformance.Benchmark;
import io.untorn.conformance.ConformanceSuite;
import io.untorn.conformance.Effort;
import io.untorn.conformance.Settings;
import io.untorn.vm.TargetMatrix;
import io.untorn.vm.UntornException;
import io.untorn.vm.VirtualKernel;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the kit. */
@Command(
        name = "bench",
        description = {
            "Measure the boot, the round trip to the guest, and operations per second with judging and without, "
                    + "in one run.",
            ""
        })
final class BenchCommand implements Callable<Integer> {
    private static final int PINGS = 2000;

    @Mixin
    private KernelOptions kernel = new KernelOptions();

    @Option(
            names = "--traces",
            paramLabel = "N",
            description = "How many sequences for each target. Default: ${DEFAULT-VALUE}",
            defaultValue = "500")
    private int traces = 500;

    @Option(names = "--seed", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}", defaultValue = "1")
    private long seed = 1;

    @Override
    public Integer call() {
        if (traces < 1) {
            throw UntornException.caller("--traces " + traces + ": give 1 or more");
        }
        Settings settings = kernel.settings(Effort.DEFAULT, seed, true);
        List<String> targets = ConformanceSuite.targets();
        VirtualKernel.Configuration configuration =
                new VirtualKernel.Configuration(settings.kernel(), settings.modules(), targets, settings.fault());
        Consumer<String> told = System.err::println;
        try (VirtualKernel booted = VirtualKernel.boot(configuration, told)) {
            booted.ping();
            long start = System.nanoTime();
            for (int i = 0; i < PINGS; i++) {
                booted.ping();
            }
            double roundTrip = (System.nanoTime() - start) / 1e6 / PINGS;
            System.out.printf(
                    Locale.ROOT,
                    "boot, from exec of QEMU to agent ready  %.1f s%n",
                    booted.bootTime().toMillis() / 1e3);
            System.out.printf(Locale.ROOT, "round trip host, guest, host              %.2f ms%n%n", roundTrip);
            StringBuilder table = new StringBuilder(String.format(
                    "%-14s  %10s  %10s  %8s  %s%n",
                    "target", "operations", "executed/s", "judged/s", "time with judging : without"));
            for (String name : targets) {
                System.err.println("measuring " + name);
                Benchmark.Speed speed = Benchmark.measure(
                        booted, TargetMatrix.load().named(name).target(), traces, seed);
                table.append(String.format(
                        Locale.ROOT,
                        "%-14s  %,10d  %,10.0f  %,8.0f  %.2f%n",
                        name,
                        speed.operations(),
                        speed.executed(),
                        speed.judged(),
                        speed.ratio()));
            }
            System.out.print(table);
        }
        return 0;
    }
}
