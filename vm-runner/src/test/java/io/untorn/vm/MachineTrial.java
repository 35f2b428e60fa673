package io.untorn.vm;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Boot a kernel by hand and measure: {@code MachineTrial CACHE auto|tcg KERNEL [MODULE.ko...]}. Prints the time to the
 * greeting, the times of 1,000 small frames and one of 1 MiB, and the console.
 */
final class MachineTrial {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int ROUNDS = 1000;

    private MachineTrial() {}

    public static void main(String[] arguments) {
        Path cache = Path.of(arguments[0]);
        List<KernelModule> modules = new ArrayList<>();
        for (String file : Arrays.asList(arguments).subList(3, arguments.length)) {
            modules.add(new KernelModule(Path.of(file).getFileName().toString().replace(".ko", ""), Path.of(file)));
        }
        Path initrd = new GuestImage(cache, System.out::println).build(new GuestModules(modules, List.of()));
        MachineConfiguration configuration = MachineConfiguration.of(Path.of(arguments[2]), initrd)
                .withKernelArguments(
                        List.of(System.getProperty("append", "loglevel=7").split(" ")));
        long start = System.nanoTime();
        try (Machine machine = arguments[1].equals("tcg")
                ? Machine.boot(configuration, Accelerator.TCG)
                : new Hypervisor(cache, System.out::println).boot(configuration)) {
            System.out.printf(
                    "greeting %s after %d ms (%d ms of processor time), QEMU is process %d%n",
                    new String(machine.greeting(), StandardCharsets.UTF_8),
                    millisSince(start),
                    processorMillis(machine),
                    machine.processId());
            echo(machine);
            machine.console().lines().forEach(System.out::println);
            if (Boolean.getBoolean("forever")) {
                while (true) {
                    machine.exchange(new byte[1 << 20], LIMIT);
                }
            }
        } catch (UntornException | MachineDiedException e) {
            System.out.println(
                    e.getClass().getSimpleName() + " after " + millisSince(start) + " ms: " + e.getMessage());
        }
    }

    private static void echo(Machine machine) {
        long[] micros = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            byte[] request = ("round " + round).getBytes(StandardCharsets.UTF_8);
            long start = System.nanoTime();
            if (!Arrays.equals(machine.exchange(request, LIMIT), request)) {
                throw new IllegalStateException("another answer in round " + round);
            }
            micros[round] = (System.nanoTime() - start) / 1000;
        }
        Arrays.sort(micros);
        byte[] large = new byte[1 << 20];
        Arrays.fill(large, (byte) 7);
        long start = System.nanoTime();
        boolean same = Arrays.equals(machine.exchange(large, LIMIT), large);
        System.out.printf(
                "round trip: median %d us, 99th percentile %d us; 1 MiB %s in %d ms%n",
                micros[ROUNDS / 2], micros[ROUNDS * 99 / 100], same ? "came back" : "CHANGED", millisSince(start));
    }

    private static long processorMillis(Machine machine) {
        return ProcessHandle.of(machine.processId())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO)
                .toMillis();
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
