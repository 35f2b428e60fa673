package io.untorn.vm;

import io.untorn.agent.Fault;
import io.untorn.agent.Lack;
import io.untorn.agent.Marking;
import io.untorn.agent.Preparation;
import io.untorn.agent.Program;
import io.untorn.agent.Reply;
import io.untorn.agent.Request;
import io.untorn.agent.Wire;
import io.untorn.model.Environment;
import io.untorn.model.Facility;
import io.untorn.model.History;
import io.untorn.model.KernelUnderTest;
import io.untorn.model.Operation;
import io.untorn.model.OperationMark;
import io.untorn.model.PowerCut;
import io.untorn.model.Severity;
import io.untorn.model.Splat;
import io.untorn.model.Target;
import io.untorn.model.Trace;
import io.untorn.model.Write;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A kernel in a virtual machine.
 *
 * <p>When the kernel panics or hangs in a trace, the history of that trace ends there, with what the kernel said, and the
 * next trace finds the machine booted anew. So it does after a splat that spoils the kernel; after one that spoils the
 * target, it finds that made anew.
 *
 * <p>Marks in the kernel's log tell which operation a splat came in. They slow the guest, so a trace runs without them;
 * one that makes the kernel complain runs again with them, and so do those that follow for a while.
 */
public final class VirtualKernel implements KernelUnderTest, BootedKernel {
    static final List<String> BOOT_MODULES = List.of("virtio_pci", "virtio_console");
    private static final Duration PREPARE_LIMIT = Duration.ofMinutes(2);
    private static final Duration RUN_LIMIT = Duration.ofMinutes(1);

    /** How long the console may be behind the agent's answer. */
    private static final Duration CONSOLE_LIMIT = Duration.ofSeconds(2);

    /** For how many runs after a complaint operations are marked, and a hang is waited for less long. */
    private static final int WATCHED_RUNS = 200;

    /** How often a trace is run again that made the kernel complain while this process stood still. */
    private static final int RUNS_AFTER_STANDING_STILL = 2;

    private static final Duration PROGRAM_LIMIT = Duration.ofSeconds(30);
    private static final Duration PING_LIMIT = Duration.ofSeconds(10);

    /** The disk is in the guest's memory. */
    private static final int MEMORY_MEBIBYTES = 1024;

    /** Programs of the host bring their libraries, of which the guest holds a copy in memory. */
    private static final int MEMORY_FOR_PROGRAMS_MEBIBYTES = 512;

    /**
     * What to boot, and for what.
     *
     * @param kernel the kernel as users name it, see {@link KernelRef}
     * @param modules the folder of its modules, for a kernel that is a file
     * @param targets the names of the targets that will be prepared
     * @param fault the fault to seed at the guest's system calls
     * @param programs this machine's programs that the guest has besides mkfs
     * @param reset where pristine machines come from
     */
    public record Configuration(
            String kernel,
            Optional<Path> modules,
            List<String> targets,
            Fault fault,
            List<Path> programs,
            Reset reset) {
        public Configuration {
            targets = List.copyOf(targets);
            programs = List.copyOf(programs);
        }

        /** Create one for a guest that has no program but mkfs. */
        public Configuration(String kernel, Optional<Path> modules, List<String> targets, Fault fault) {
            this(kernel, modules, targets, fault, List.of(), Reset.SNAPSHOT);
        }

        /** Return the same with programs of this machine's in the guest. */
        public Configuration with(List<Path> others) {
            return new Configuration(kernel, modules, targets, fault, others, reset);
        }

        /** Return the same with pristine machines from elsewhere. */
        public Configuration with(Reset other) {
            return new Configuration(kernel, modules, targets, fault, programs, other);
        }
    }

    private final BootableKernel kernel;
    private final MachineConfiguration machineConfiguration;
    private final Map<String, Preparation> preparations;
    private final Hypervisor hypervisor;
    private final Consumer<String> told;
    private @Nullable PristineMachines pristine;
    private @Nullable Machine machine;
    private @Nullable Preparation prepared;
    private @Nullable Environment environment;
    private Map<Facility, String> lacks = Map.of();
    private Patience patience = new Patience(RUN_LIMIT);
    private Duration slowest = Duration.ZERO;
    private int runs;
    private int watched;
    private int standStills = StandStill.count();
    private boolean targetSpoiled;
    private boolean touched;
    private int consoleLines;

    private VirtualKernel(
            BootableKernel kernel,
            MachineConfiguration machineConfiguration,
            Map<String, Preparation> preparations,
            Hypervisor hypervisor,
            Consumer<String> told) {
        this.kernel = kernel;
        this.machineConfiguration = machineConfiguration;
        this.preparations = preparations;
        this.hypervisor = hypervisor;
        this.told = told;
    }

    /**
     * Find the kernel, build the guest image and boot it: where pristine machines come from snapshots, when the first target
     * is prepared.
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
        Path image = new GuestImage(cache, told).build(modules, configuration.programs());
        MachineConfiguration machine = MachineConfiguration.of(kernel.image(), image)
                .starting(new UnpackedKernel(cache).of(kernel).orElse(kernel.image()))
                .withMemoryMebibytes(
                        MEMORY_MEBIBYTES + (configuration.programs().isEmpty() ? 0 : MEMORY_FOR_PROGRAMS_MEBIBYTES))
                .withKernelArguments(kernelArguments(kernel, matrix));
        Map<String, Preparation> preparations = new LinkedHashMap<>();
        for (TargetMatrix.Entry target : targets) {
            preparations.put(
                    target.name(),
                    matrix.preparation(
                            target,
                            kernel.modules().closure(matrix.modulesFor(List.of(target)), matrix.kconfig()),
                            configuration.fault()));
        }
        VirtualKernel virtual = new VirtualKernel(kernel, machine, preparations, new Hypervisor(cache, told), told);
        if (configuration.reset() == Reset.BOOT) {
            virtual.start(kernel.name());
        } else {
            virtual.pristine = new PristineMachines(
                    virtual.hypervisor,
                    machine,
                    kernel.name(),
                    new SnapshotStore(cache.resolve("snapshots"), told),
                    told);
        }
        return virtual;
    }

    /** A disk that is built into the kernel takes its parameters from the kernel's command line alone. */
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

    private void start(String name) {
        Machine booted = hypervisor.boot(machineConfiguration);
        machine = booted;
        consoleLines = 0;
        patience = Patience.with(booted.accelerator(), kernel.config(), booted.startTime());
        told.accept(booted.booted(name));
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
        Reply.Ready ready = makeReady(wanted);
        Environment found = ready.environment();
        prepared = wanted;
        targetSpoiled = false;
        lacks = ready.lacks().stream().collect(Collectors.toMap(Lack::facility, Lack::reason));
        consoleLines = running().console().size();
        environment = found;
        return found;
    }

    private Reply.Ready makeReady(Preparation wanted) {
        PristineMachines snapshots = pristine;
        if (snapshots != null) {
            closeMachine();
            try {
                PristineMachines.Prepared started = snapshots.prepared(wanted);
                machine = started.machine();
                Duration longest = Collections.max(
                        List.of(snapshots.bootTime(), started.machine().startTime()));
                patience = Patience.with(started.machine().accelerator(), kernel.config(), longest);
                runs = 0;
                touched = false;
                return wanted.fault() == Fault.NONE
                        ? started.ready()
                        : (Reply.Ready) exchange(new Request.Seed(wanted.fault()), PREPARE_LIMIT);
            } catch (PristineMachines.NoSnapshotException e) {
                told.accept("going on without snapshots, booting instead: " + e.getMessage());
                pristine = null;
                closeMachine();
                snapshots.close();
            }
        }
        if (machine == null) {
            start("the kernel anew");
        }
        return (Reply.Ready) exchange(new Request.Prepare(wanted), PREPARE_LIMIT);
    }

    @Override
    public synchronized Set<Facility> facilities() {
        return EnumSet.of(Facility.IO_URING, Facility.LIBAIO).stream()
                .filter(facility -> !lacks.containsKey(facility))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public synchronized Map<Facility, String> lacks() {
        return lacks;
    }

    @Override
    public synchronized History run(Trace trace) {
        refusePowerCuts(trace);
        refuseWhatLacks(trace, lacks);
        return run(trace, RUNS_AFTER_STANDING_STILL);
    }

    private History run(Trace trace, int more) {
        boolean marked = watched > 0;
        History history = runOnce(trace, marked ? Marking.OPERATIONS : Marking.END);
        if (!isComplaint(history)) {
            return history;
        }
        if (stoodStill() && more > 0) {
            closeMachine();
            return run(trace, more - 1);
        }
        return marked ? history : marked(trace, history);
    }

    /** Tell whether this process stood still since this was asked last, so that the kernel may complain of that. */
    private boolean stoodStill() {
        int before = standStills;
        standStills = StandStill.count();
        return standStills > before;
    }

    /** Run a trace again that made the kernel complain, and return what says in which operation, if it does so again. */
    private History marked(Trace trace, History history) {
        rearmWarnings();
        History marked = runOnce(trace, Marking.OPERATIONS);
        return isComplaint(marked) ? marked : history;
    }

    private static boolean isComplaint(History history) {
        return history.steps().size() < history.trace().operations().size()
                || !Splat.starts(history.console()).isEmpty();
    }

    private History runOnce(Trace trace, Marking marking) {
        Machine running = ready();
        Duration limit = watched > 0 ? patience.again(slowest) : patience.atFirst();
        watched = Math.max(0, watched - 1);
        int run = ++runs;
        History history;
        try {
            long start = System.nanoTime();
            Reply reply = Wire.decodeReply(running.exchange(Wire.encode(new Request.Run(run, trace, marking)), limit));
            if (reply instanceof Reply.Ran) {
                slowest = longer(slowest, Duration.ofNanos(System.nanoTime() - start));
                running.console().await(line -> OperationMark.isEnd(line, run), consoleLines, CONSOLE_LIMIT);
            }
            history = history(trace, running, reply);
        } catch (MachineDiedException e) {
            history = unanswered(trace, running, e);
        }
        return settled(history.withConsole(newConsoleLines(running)));
    }

    private History history(Trace trace, Machine running, Reply reply) {
        if (reply instanceof Reply.Ran ran) {
            return ran.history(trace);
        }
        return reply instanceof Reply.Unanswered ? hung(trace, running) : unanswered(trace, (Reply.Failed) reply);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Return what is known of a trace that the agent gave up, if the kernel complained: it may have lost its file system. */
    private History unanswered(Trace trace, Reply.Failed failed) {
        if (Splat.starts(running().console().linesSince(consoleLines)).isEmpty()) {
            throw failed(failed);
        }
        targetSpoiled = true;
        return unanswered(trace);
    }

    /** Return what is known of a trace that the machine did not answer, if that is the kernel's fault; it is gone then. */
    private History unanswered(Trace trace, Machine running, MachineDiedException e) {
        if (isHang(e, running)) {
            return hung(trace, running);
        }
        closeMachine();
        if (Splat.starts(running.console().linesSince(consoleLines)).isEmpty()) {
            throw died(e);
        }
        return unanswered(trace);
    }

    /** Return what is known of a trace in which the kernel hangs, once it has told where; the machine is gone then. */
    private History hung(Trace trace, Machine running) {
        running.printStacks();
        closeMachine();
        return unanswered(trace);
    }

    private History unanswered(Trace trace) {
        return new History(trace, Objects.requireNonNull(environment), List.of(), List.of(), List.of());
    }

    /** Leave behind what a complaint spoiled, and the marks where there was none. */
    private History settled(History history) {
        if (!isComplaint(history)) {
            return history.withConsole(history.console().stream()
                    .filter(line -> !OperationMark.isMark(line))
                    .toList());
        }
        watched = WATCHED_RUNS;
        leaveBehind(Splat.worst(history.console()).orElse(Severity.WARNS));
        return history;
    }

    private void leaveBehind(Severity severity) {
        if (severity == Severity.SPOILS_KERNEL) {
            closeMachine();
        } else if (severity == Severity.SPOILS_TARGET) {
            targetSpoiled = true;
        }
    }

    /** Return the machine with the target made ready, booted anew if the last one is gone. */
    private Machine ready() {
        Preparation wanted = prepared;
        if (wanted == null) {
            throw new IllegalStateException("no target was prepared");
        }
        if (machine == null || targetSpoiled) {
            prepare(wanted.target());
        }
        touched = true;
        return running();
    }

    @Override
    public String name() {
        return kernel.name();
    }

    @Override
    public Optional<Path> config() {
        return kernel.config();
    }

    @Override
    public synchronized ProgramRun run(Program program) {
        Machine running = ready();
        int run = ++runs;
        try {
            Reply reply = exchange(new Request.RunProgram(run, program, (int) PROGRAM_LIMIT.toSeconds()), RUN_LIMIT);
            if (reply instanceof Reply.ProgramEnded ended) {
                running.console().await(line -> OperationMark.isEnd(line, run), consoleLines, CONSOLE_LIMIT);
                List<String> lines = newConsoleLines(running);
                leaveBehind(Splat.worst(lines).orElse(Severity.WARNS));
                return new ProgramRun(
                        ProgramRun.End.BY_ITSELF, OptionalInt.of(ended.exitCode()), ended.output(), lines);
            }
        } catch (MachineDiedException e) {
            if (!isHang(e, running)) {
                closeMachine();
                return new ProgramRun(ProgramRun.End.WITH_MACHINE, OptionalInt.empty(), "", newConsoleLines(running));
            }
        }
        running.printStacks();
        closeMachine();
        return new ProgramRun(ProgramRun.End.NOT_AT_ALL, OptionalInt.empty(), "", newConsoleLines(running));
    }

    private static boolean isHang(MachineDiedException e, Machine running) {
        return e.reason() == MachineDiedException.Reason.NO_ANSWER && running.isRunning();
    }

    /** A machine that is gone is booted anew for the next trace, with all its warnings. */
    @Override
    public synchronized void rearmWarnings() {
        if (machine != null) {
            exchange(new Request.RearmWarnings(), PING_LIMIT);
        }
    }

    /** Go on in a machine that has run no trace; where that would take a boot, in this one. */
    @Override
    public synchronized void restore() {
        Preparation wanted = prepared;
        if (pristine != null && wanted != null) {
            if (touched || machine == null) {
                prepare(wanted.target());
            }
        } else {
            rearmWarnings();
        }
    }

    /** Start the machine of the next restore while this one works: a start and a trace keep one processor busy each. */
    @Override
    public synchronized void expectRestore() {
        if (pristine != null && prepared != null) {
            pristine.startAhead(prepared);
        }
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
            if (operation instanceof Write write
                    && lacks.containsKey(write.engine().facility())) {
                throw UntornException.caller("operation "
                        + (trace.operations().indexOf(operation) + 1) + ", " + write + ", needs "
                        + write.engine().facility() + "; here "
                        + lacks.get(write.engine().facility()));
            }
        }
    }

    /** Return how long the machine that runs took to start, from the start of QEMU until the agent had answered. */
    public synchronized Duration startTime() {
        return running().startTime();
    }

    /**
     * Run a program that the guest was given, on the target made ready last, from its pristine state.
     *
     * @param name the name of its file
     * @param arguments in each {@link Request.RunCommand#TARGET} stands for the target's path
     * @return what it printed
     * @throws UntornException if it fails, or does not end in time
     */
    public synchronized String run(String name, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(GuestImage.PROGRAMS + name));
        command.addAll(arguments);
        Reply.ProgramEnded ended = (Reply.ProgramEnded)
                exchange(new Request.RunCommand(command, (int) PROGRAM_LIMIT.toSeconds()), RUN_LIMIT);
        if (ended.exitCode() != 0) {
            throw UntornException.machinery(
                    name + " ended with " + ended.exitCode() + " in the guest: " + ended.output());
        }
        return ended.output();
    }

    /** Have the agent write to the target made ready last, and return how many writes it did a second. */
    public synchronized double writesPerSecond(Request.LoopWrites asked) {
        Reply.LoopedWrites looped = (Reply.LoopedWrites) exchange(asked, RUN_LIMIT);
        return looped.writes() * 1e9 / looped.nanos();
    }

    /** Send the agent a request that it answers at once. */
    public void ping() {
        exchange(new Request.Ping(), PING_LIMIT);
    }

    private Reply exchange(Request request, Duration limit) {
        try {
            return AgentClient.ask(running(), request, limit);
        } catch (MachineDiedException e) {
            if (request instanceof Request.RunProgram) {
                throw e;
            }
            throw died(e);
        }
    }

    private UntornException failed(Reply.Failed failed) {
        return UntornException.machinery("the agent in the guest failed: " + failed.message() + "\n"
                + String.join("\n", running().console().tail(15)));
    }

    private static UntornException died(MachineDiedException e) {
        return UntornException.machinery(
                "the virtual machine is gone. Run again; if this comes again," + " report it with what follows: "
                        + e.getMessage(),
                e);
    }

    private List<String> newConsoleLines(Machine running) {
        int end = running.console().size();
        List<String> lines = running.console().lines(consoleLines, end);
        consoleLines = end;
        return lines.stream().filter(line -> !OperationMark.isEndOfARun(line)).toList();
    }

    private Machine running() {
        if (machine == null) {
            throw new IllegalStateException("no machine is running");
        }
        return machine;
    }

    private void closeMachine() {
        if (machine != null) {
            machine.close();
            machine = null;
        }
    }

    @Override
    public void close() {
        closeMachine();
        if (pristine != null) {
            pristine.close();
            if (pristine.haveGrown()) {
                new Cache(CacheFolder.path(), told).keepWithin(Cache.limit());
            }
            pristine = null;
        }
    }
}
