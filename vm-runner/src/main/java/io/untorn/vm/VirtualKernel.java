package io.untorn.vm;

import io.untorn.agent.protocol.MissingFacility;
import io.untorn.agent.protocol.Program;
import io.untorn.agent.protocol.Request;
import io.untorn.agent.protocol.SystemCallFault;
import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.model.history.Environment;
import io.untorn.model.history.History;
import io.untorn.model.history.KernelUnderTest;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.PowerCut;
import io.untorn.model.target.Facility;
import io.untorn.model.target.Target;
import io.untorn.vm.cache.CacheFolder;
import io.untorn.vm.guest.GuestImage;
import io.untorn.vm.guest.GuestModules;
import io.untorn.vm.guest.TargetPreparations;
import io.untorn.vm.host.UntornException;
import io.untorn.vm.kernel.BootableKernel;
import io.untorn.vm.kernel.KernelRef;
import io.untorn.vm.kernel.KernelRequirements;
import io.untorn.vm.kernel.KernelSource;
import io.untorn.vm.kernel.UnpackedKernel;
import io.untorn.vm.qemu.MachineConfiguration;
import io.untorn.vm.qemu.Reset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A kernel in a virtual machine.
 *
 * <p>If the kernel panics or hangs in a trace, the history of that trace ends there, with what the kernel printed, and the
 * next trace runs in a new machine. The same holds after a splat that spoils the kernel; after one that spoils the target,
 * the target is prepared again.
 */
public final class VirtualKernel implements KernelUnderTest, BootedKernel {
    private static final Duration PING_LIMIT = Duration.ofSeconds(10);

    /** Includes the disk, which is in the guest's memory. */
    private static final int MEMORY_MEBIBYTES = 1024;

    /** For programs of the host and their libraries, which the guest image holds in memory. */
    private static final int MEMORY_FOR_PROGRAMS_MEBIBYTES = 512;

    /**
     * What to boot, and for what.
     *
     * @param kernel the kernel as users name it, see {@link KernelRef}
     * @param modules the folder of its modules, for a kernel that is a file
     * @param targets the names of the targets that will be prepared
     * @param fault the fault to seed at the guest's system calls
     * @param programs programs of the host that the guest image contains besides mkfs
     * @param reset where pristine machines come from
     */
    public record Configuration(
            String kernel,
            Optional<Path> modules,
            List<String> targets,
            SystemCallFault fault,
            List<Path> programs,
            Reset reset) {
        public Configuration {
            targets = List.copyOf(targets);
            programs = List.copyOf(programs);
        }

        /** Create a configuration for a guest that has no program but mkfs. */
        public Configuration(String kernel, Optional<Path> modules, List<String> targets, SystemCallFault fault) {
            this(kernel, modules, targets, fault, List.of(), Reset.SNAPSHOT);
        }

        /** Return the same configuration with these programs of the host in the guest. */
        public Configuration with(List<Path> others) {
            return new Configuration(kernel, modules, targets, fault, others, reset);
        }

        /** Return the same configuration with another source of pristine machines. */
        public Configuration with(Reset other) {
            return new Configuration(kernel, modules, targets, fault, programs, other);
        }
    }

    private final BootableKernel kernel;
    private final TargetPreparations preparations;
    private final MachineSupply machines;
    private final ComplaintPolicy complaints;
    private final GuestTraces traces;
    private final GuestPrograms programs;

    private VirtualKernel(
            BootableKernel kernel,
            TargetPreparations preparations,
            MachineSupply machines,
            ComplaintPolicy complaints) {
        this.kernel = kernel;
        this.preparations = preparations;
        this.machines = machines;
        this.complaints = complaints;
        this.traces = new GuestTraces(machines, complaints);
        this.programs = new GuestPrograms(machines);
    }

    /**
     * Find the kernel, build the guest image and boot it; if machines start from snapshots, it boots when the first target
     * is prepared.
     *
     * @param progress gets one line before each slow step
     * @throws UntornException if there is no such kernel, or it does not boot; nothing is left behind
     */
    public static VirtualKernel boot(Configuration configuration, Consumer<String> progress) {
        Path cache = CacheFolder.path();
        BootableKernel kernel = new KernelSource(cache, progress)
                .resolve(KernelRef.parse(configuration.kernel(), configuration.modules()));
        KernelRequirements.require(kernel);
        TargetMatrix matrix = TargetMatrix.load();
        List<TargetMatrix.Entry> targets = configuration.targets().stream()
                .map(name -> Targets.named(matrix, name))
                .toList();
        GuestModules modules = GuestModules.of(kernel.modules(), matrix, targets);
        Path image = new GuestImage(cache, progress).build(modules, configuration.programs());
        MachineConfiguration machine = MachineConfiguration.of(kernel.image(), image)
                .starting(new UnpackedKernel(cache).of(kernel).orElse(kernel.image()))
                .withMemoryMebibytes(
                        MEMORY_MEBIBYTES + (configuration.programs().isEmpty() ? 0 : MEMORY_FOR_PROGRAMS_MEBIBYTES))
                .withKernelArguments(kernelArguments(kernel, matrix));
        ComplaintPolicy complaints = new ComplaintPolicy();
        TargetPreparations preparations =
                new TargetPreparations(matrix, targets, kernel.modules(), configuration.fault());
        MachineSupply machines =
                MachineSupply.of(kernel, machine, preparations, cache, configuration.reset(), progress);
        return new VirtualKernel(kernel, preparations, machines, complaints);
    }

    /** A disk driver that is built in takes its parameters only from the kernel's command line. */
    static List<String> kernelArguments(BootableKernel kernel, TargetMatrix matrix) {
        List<String> arguments = new ArrayList<>();
        if (kernel.modulesUnverified()) {
            arguments.add("module.sig_enforce=1");
        }
        matrix.disk().parameters().forEach((module, parameters) -> {
            if (kernel.modules().isBuiltIn(module)) {
                for (String parameter : parameters.split(" ", -1)) {
                    arguments.add(module + "." + parameter);
                }
            }
        });
        return arguments;
    }

    @Override
    public String name() {
        return kernel.name();
    }

    @Override
    public Optional<Path> config() {
        return kernel.config();
    }

    /** Seed another fault at the guest's system calls, from the next preparation of a target on. */
    public synchronized void seed(SystemCallFault fault) {
        preparations.seed(fault);
    }

    @Override
    public synchronized Environment prepare(Target target) {
        return machines.prepare(target).environment();
    }

    @Override
    public synchronized Set<Facility> facilities() {
        return EnumSet.of(Facility.IO_URING, Facility.LIBAIO).stream()
                .filter(facility -> !lacks().containsKey(facility))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public synchronized Map<Facility, String> lacks() {
        return machines.lastReady().stream()
                .flatMap(ready -> ready.lacks().stream())
                .collect(Collectors.toMap(MissingFacility::facility, MissingFacility::reason));
    }

    @Override
    public synchronized History run(Trace trace) {
        refusePowerCuts(trace);
        refuseWhatLacks(trace, lacks());
        return traces.run(trace);
    }

    static void refusePowerCuts(Trace trace) {
        int cut = trace.operations().indexOf(new PowerCut());
        if (cut >= 0) {
            throw UntornException.caller(
                    "operation " + (cut + 1) + " cuts the power; a virtual kernel can't do that, only a simulated one");
        }
    }

    static void refuseWhatLacks(Trace trace, Map<Facility, String> lacks) {
        for (Operation operation : trace.operations()) {
            Facility needed = operation.facility();
            if (lacks.containsKey(needed)) {
                throw UntornException.caller("operation "
                        + (trace.operations().indexOf(operation) + 1) + ", " + operation + ", needs " + needed
                        + "; here " + lacks.get(needed));
            }
        }
    }

    /** If the machine is gone, the next trace gets a new one, which prints all warnings. */
    @Override
    public synchronized void rearmWarnings() {
        machines.rearmWarnings();
    }

    /** Continue in a machine that has run no trace; if that would take a boot, in this one. */
    @Override
    public synchronized void restore() {
        machines.restore();
    }

    /** Start the machine of the next restore while this one works: each keeps one processor busy. */
    @Override
    public synchronized void expectRestore() {
        machines.expectRestore();
    }

    @Override
    public synchronized void expectHang() {
        complaints.expectHang();
    }

    @Override
    public synchronized ProgramRun run(Program program) {
        return programs.run(program);
    }

    /**
     * Run a program of the guest image on the target prepared last, from its pristine state.
     *
     * @param name the name of its file
     * @param arguments in each {@link Request.RunCommand#TARGET} stands for the target's path
     * @return what it printed
     * @throws UntornException if it fails, or does not end in time
     */
    public synchronized String run(String name, List<String> arguments) {
        return programs.run(name, arguments);
    }

    /** Let the agent write to the target prepared last, and return its writes per second. */
    public synchronized double writesPerSecond(Request.LoopWrites asked) {
        return programs.writesPerSecond(asked);
    }

    /** Return how long the running machine took from the start of QEMU to the agent's answer. */
    public synchronized Duration startTime() {
        return machines.current().machine().startTime();
    }

    /** Send the agent a request that it answers at once. */
    public void ping() {
        machines.current().ask(new Request.Ping(), PING_LIMIT);
    }

    @Override
    public void close() {
        machines.close();
    }
}
