package io.untorn.vm;

import io.untorn.agent.Fault;
import io.untorn.agent.Preparation;
import io.untorn.agent.Reply;
import io.untorn.agent.Request;
import io.untorn.agent.Wire;
import io.untorn.model.Environment;
import io.untorn.model.History;
import io.untorn.model.KernelUnderTest;
import io.untorn.model.PowerCut;
import io.untorn.model.Splat;
import io.untorn.model.Target;
import io.untorn.model.Trace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A kernel in a virtual machine.
 *
 * <p>When the kernel panics in a trace, the history of that trace ends there, with what the kernel said, and the next
 * trace finds the machine booted anew.
 */
public final class VirtualKernel implements KernelUnderTest {
    private static final List<String> BOOT_MODULES = List.of("virtio_pci", "virtio_console");
    private static final Duration PREPARE_LIMIT = Duration.ofMinutes(2);
    private static final Duration RUN_LIMIT = Duration.ofMinutes(1);
    private static final Duration PING_LIMIT = Duration.ofSeconds(10);

    /** The disk is in the guest's memory. */
    private static final int MEMORY_MEBIBYTES = 1024;

    /**
     * What to boot, and for what.
     *
     * @param kernel the kernel as users name it, see {@link KernelRef}
     * @param modules the folder of its modules, for a kernel that is a file
     * @param targets the names of the targets that will be prepared
     * @param fault the fault to seed at the guest's system calls
     */
    public record Configuration(String kernel, Optional<Path> modules, List<String> targets, Fault fault) {
        public Configuration {
            targets = List.copyOf(targets);
        }
    }

    private final MachineConfiguration machineConfiguration;
    private final Map<String, Preparation> preparations;
    private final Hypervisor hypervisor;
    private final Consumer<String> told;
    private @Nullable Machine machine;
    private @Nullable Preparation prepared;
    private @Nullable Environment environment;
    private Duration bootTime = Duration.ZERO;
    private int runs;
    private int consoleLines;

    private VirtualKernel(
            MachineConfiguration machineConfiguration,
            Map<String, Preparation> preparations,
            Hypervisor hypervisor,
            Consumer<String> told) {
        this.machineConfiguration = machineConfiguration;
        this.preparations = preparations;
        this.hypervisor = hypervisor;
        this.told = told;
    }

    /**
     * Find the kernel, build the guest image and boot it.
     *
     * @param told is told one line about whatever takes its time
     * @throws UntornException if there is no such kernel, or it does not boot; nothing is left behind
     */
    public static VirtualKernel boot(Configuration configuration, Consumer<String> told) {
        Path cache = CacheFolder.path();
        BootableKernel kernel =
                new KernelSource(cache, told).resolve(KernelRef.parse(configuration.kernel(), configuration.modules()));
        TargetMatrix matrix = TargetMatrix.load();
        List<TargetMatrix.Entry> targets =
                configuration.targets().stream().map(matrix::named).toList();
        GuestModules modules = new GuestModules(
                kernel.modules().closure(BOOT_MODULES, matrix.kconfig()),
                kernel.modules().closure(matrix.modulesFor(targets), matrix.kconfig()));
        Path image = new GuestImage(cache, told).build(modules);
        MachineConfiguration machine = MachineConfiguration.of(kernel.image(), image)
                .withMemoryMebibytes(MEMORY_MEBIBYTES)
                .withKernelArguments(kernel.modulesUnverified() ? List.of("module.sig_enforce=1") : List.of());
        Map<String, Preparation> preparations = new LinkedHashMap<>();
        for (TargetMatrix.Entry target : targets) {
            preparations.put(
                    target.name(),
                    matrix.preparation(
                            target,
                            kernel.modules().closure(matrix.modulesFor(List.of(target)), matrix.kconfig()),
                            configuration.fault()));
        }
        VirtualKernel virtual = new VirtualKernel(machine, preparations, new Hypervisor(cache, told), told);
        virtual.start(kernel.name());
        return virtual;
    }

    private void start(String name) {
        long start = System.nanoTime();
        Machine booted = hypervisor.boot(machineConfiguration);
        machine = booted;
        consoleLines = 0;
        bootTime = Duration.ofNanos(System.nanoTime() - start);
        told.accept(String.format(
                Locale.ROOT, "booted %s in %.1f s (%s)", name, bootTime.toMillis() / 1e3, booted.accelerator()));
    }

    /** Seed another fault at the guest's system calls; it is there from the next time that a target is prepared. */
    public synchronized void seed(Fault fault) {
        preparations.replaceAll((name, preparation) -> preparation.with(fault));
    }

    @Override
    public synchronized Environment prepare(Target target) {
        Preparation wanted = preparations.get(target.name());
        if (wanted == null) {
            throw new IllegalArgumentException(target + " is not among " + preparations.keySet());
        }
        Reply reply = exchange(new Request.Prepare(wanted), PREPARE_LIMIT);
        Environment found = ((Reply.Ready) reply).environment();
        prepared = wanted;
        consoleLines = running().console().size();
        environment = found;
        return found;
    }

    @Override
    public synchronized History run(Trace trace) {
        refusePowerCuts(trace);
        Preparation wanted = prepared;
        Environment found = environment;
        if (wanted == null || found == null) {
            throw new IllegalStateException("no target was prepared");
        }
        if (machine == null) {
            start("the kernel anew");
            prepare(wanted.target());
        }
        Machine running = running();
        try {
            Reply.Ran ran = (Reply.Ran) exchange(new Request.Run(++runs, trace), RUN_LIMIT);
            return ran.history(trace).withConsole(newConsoleLines(running));
        } catch (MachineDiedException e) {
            List<String> lines = newConsoleLines(running);
            close();
            if (Splat.starts(lines).isEmpty()) {
                throw died(e);
            }
            return new History(trace, found, List.of(), List.of(), lines);
        }
    }

    /** A machine that is gone is booted anew for the next trace, with all its warnings. */
    @Override
    public synchronized void rearmWarnings() {
        if (machine != null) {
            exchange(new Request.RearmWarnings(), PING_LIMIT);
        }
    }

    static void refusePowerCuts(Trace trace) {
        int cut = trace.operations().indexOf(new PowerCut());
        if (cut >= 0) {
            throw UntornException.caller(
                    "operation " + (cut + 1) + " cuts the power; a virtual kernel can't do that, only a simulated one");
        }
    }

    /** Return how long the last boot took, from the start of QEMU to the agent's greeting. */
    public Duration bootTime() {
        return bootTime;
    }

    /** Send the agent a request that it answers at once. */
    public void ping() {
        exchange(new Request.Ping(), PING_LIMIT);
    }

    private Reply exchange(Request request, Duration limit) {
        Machine running = running();
        Reply reply;
        try {
            reply = Wire.decodeReply(running.exchange(Wire.encode(request), limit));
        } catch (MachineDiedException e) {
            if (request instanceof Request.Run) {
                throw e;
            }
            throw died(e);
        }
        if (reply instanceof Reply.Failed failed) {
            throw UntornException.machinery("the agent in the guest failed: " + failed.message() + "\n"
                    + String.join("\n", running.console().tail(15)));
        }
        return reply;
    }

    private static UntornException died(MachineDiedException e) {
        return UntornException.machinery(
                "the virtual machine is gone. Run again; if this comes again," + " report it with what follows: "
                        + e.getMessage(),
                e);
    }

    private List<String> newConsoleLines(Machine running) {
        List<String> lines = running.console().linesSince(consoleLines);
        consoleLines += lines.size();
        return lines;
    }

    private Machine running() {
        if (machine == null) {
            throw new IllegalStateException("no machine is running");
        }
        return machine;
    }

    @Override
    public void close() {
        if (machine != null) {
            machine.close();
            machine = null;
        }
    }
}
