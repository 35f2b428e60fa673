package io.untorn.vm;

import io.untorn.agent.protocol.Preparation;
import io.untorn.agent.protocol.Reply;
import io.untorn.agent.protocol.Request;
import io.untorn.agent.protocol.SystemCallFault;
import io.untorn.model.console.Severity;
import io.untorn.model.target.Target;
import io.untorn.vm.cache.CacheFolder;
import io.untorn.vm.guest.TargetPreparations;
import io.untorn.vm.host.UntornException;
import io.untorn.vm.kernel.BootableKernel;
import io.untorn.vm.qemu.Hypervisor;
import io.untorn.vm.qemu.Machine;
import io.untorn.vm.qemu.MachineConfiguration;
import io.untorn.vm.qemu.PristineMachines;
import io.untorn.vm.qemu.Reset;
import io.untorn.vm.qemu.SnapshotStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Supplies one machine after the other, each with a prepared target. Machines start from snapshots; if there can be none, a
 * machine is booted and used until it is gone.
 */
final class MachineSupply implements AutoCloseable {
    private static final Duration PREPARE_LIMIT = Duration.ofMinutes(2);
    private static final Duration REARM_LIMIT = Duration.ofSeconds(10);

    private final BootableKernel kernel;
    private final MachineConfiguration configuration;
    private final TargetPreparations preparations;
    private final Hypervisor hypervisor;
    private final Consumer<String> progress;
    private @Nullable PristineMachines pristine;
    private @Nullable GuestSession session;
    private @Nullable Prepared prepared;

    /** The target prepared last, and what the agent reported about it. */
    private record Prepared(Target target, Reply.Ready ready) {}

    private MachineSupply(
            BootableKernel kernel,
            MachineConfiguration configuration,
            TargetPreparations preparations,
            Hypervisor hypervisor,
            Consumer<String> progress) {
        this.kernel = kernel;
        this.configuration = configuration;
        this.preparations = preparations;
        this.hypervisor = hypervisor;
        this.progress = progress;
    }

    /**
     * Begin to supply machines of a kernel; if they are booted, boot the first.
     *
     * @param cache the folder of the cache
     * @param reset where pristine machines come from
     * @throws UntornException if the kernel does not boot; nothing is left behind
     */
    static MachineSupply of(
            BootableKernel kernel,
            MachineConfiguration configuration,
            TargetPreparations preparations,
            Path cache,
            Reset reset,
            Consumer<String> progress) {
        Hypervisor hypervisor = new Hypervisor(cache, progress);
        MachineSupply supply = new MachineSupply(kernel, configuration, preparations, hypervisor, progress);
        switch (reset) {
            case BOOT -> supply.boot(kernel.name());
            case SNAPSHOT ->
                supply.pristine = new PristineMachines(
                        hypervisor,
                        configuration,
                        kernel.name(),
                        new SnapshotStore(cache.resolve("snapshots"), progress),
                        progress);
        }
        return supply;
    }

    private GuestSession boot(String name) {
        Machine booted = hypervisor.boot(configuration);
        GuestSession begun =
                new GuestSession(booted, HangTimeout.with(booted.accelerator(), kernel.config(), booted.startTime()));
        session = begun;
        progress.accept(booted.bootMessage(name));
        return begun;
    }

    /** Prepare a target, in a machine that has run nothing if there are snapshots. */
    Reply.Ready prepare(Target target) {
        Reply.Ready ready = makeReady(preparations.of(target));
        prepared = new Prepared(target, ready);
        current().targetMadeReady();
        return ready;
    }

    private Reply.Ready makeReady(Preparation wanted) {
        PristineMachines snapshots = pristine;
        if (snapshots != null) {
            discard();
            try {
                return start(snapshots, wanted);
            } catch (PristineMachines.NoSnapshotException e) {
                progress.accept("continuing without snapshots, booting instead: " + e.getMessage());
                pristine = null;
                discard();
                snapshots.close();
            }
        }
        GuestSession booted = session == null ? boot("the kernel again") : session;
        return (Reply.Ready) booted.ask(new Request.Prepare(wanted), PREPARE_LIMIT);
    }

    private Reply.Ready start(PristineMachines snapshots, Preparation wanted)
            throws PristineMachines.NoSnapshotException {
        PristineMachines.Prepared started = snapshots.prepared(wanted);
        Machine machine = started.machine();
        Duration longest = Collections.max(List.of(snapshots.bootTime(), machine.startTime()));
        GuestSession begun =
                new GuestSession(machine, HangTimeout.with(machine.accelerator(), kernel.config(), longest));
        session = begun;
        return wanted.fault() == SystemCallFault.NONE
                ? started.ready()
                : (Reply.Ready) begun.ask(new Request.Seed(wanted.fault()), PREPARE_LIMIT);
    }

    /** Return a machine with the target prepared: another machine if the last is gone, prepared again if it was spoiled. */
    GuestSession ready() {
        if (prepared == null) {
            throw new IllegalStateException("no target was prepared");
        }
        if (session == null || session.isTargetSpoiled()) {
            prepare(prepared.target());
        }
        return current();
    }

    /** Return what the agent reported about the target prepared last; empty if there was none. */
    Optional<Reply.Ready> lastReady() {
        return Optional.ofNullable(prepared).map(Prepared::ready);
    }

    /** Return the running machine. */
    GuestSession current() {
        if (session == null) {
            throw new IllegalStateException("no machine is running");
        }
        return session;
    }

    /** Discard what a kernel complaint spoiled: the machine, or the target. */
    void discardSpoiled(Severity severity) {
        if (severity == Severity.SPOILS_KERNEL) {
            discard();
        } else if (severity == Severity.SPOILS_TARGET && session != null) {
            session.spoilTarget();
        }
    }

    /** Let the kernel print again the warnings that it prints only once. A new machine prints them all anyway. */
    void rearmWarnings() {
        if (session != null) {
            session.ask(new Request.RearmWarnings(), REARM_LIMIT);
        }
    }

    /** Continue in a machine that has run nothing; if that would take a boot, in this one. */
    void restore() {
        if (pristine == null || prepared == null) {
            rearmWarnings();
        } else if (session == null || !session.isPristine()) {
            prepare(prepared.target());
        }
    }

    /** If machines start from snapshots, start the one for the next {@link #restore} while this one works. */
    void expectRestore() {
        if (pristine != null && prepared != null) {
            pristine.startAhead(preparations.of(prepared.target()));
        }
    }

    /** End the running machine, if there is one. */
    void discard() {
        if (session != null) {
            session.close();
            session = null;
        }
    }

    @Override
    public void close() {
        discard();
        if (pristine != null) {
            pristine.close();
            if (pristine.hasNewSnapshots()) {
                new Cache(CacheFolder.path(), progress).keepWithin(Cache.limit());
            }
            pristine = null;
        }
    }
}
