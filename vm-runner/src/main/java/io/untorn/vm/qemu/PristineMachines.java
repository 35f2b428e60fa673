package io.untorn.vm.qemu;

import io.untorn.agent.protocol.Preparation;
import io.untorn.agent.protocol.Reply;
import io.untorn.agent.protocol.Request;
import io.untorn.agent.protocol.SystemCallFault;
import io.untorn.agent.protocol.Wire;
import io.untorn.vm.cache.Digest;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts machines that have not run a trace, with a target made ready.
 *
 * <p>A machine is booted once and saved. From that snapshot others start; one of them makes the target ready and is saved
 * too. All later ones start from there. What was saved is kept in the cache, for the next run: that is completed in the background.
 */
public final class PristineMachines implements AutoCloseable {
    private static final Duration PREPARE_LIMIT = Duration.ofMinutes(2);
    /** What a snapshot holds besides its inputs: changes with the code that makes it. */
    private static final String FORMAT = "6";

    private static final String BOOTED = "";

    private final Hypervisor hypervisor;
    private final MachineConfiguration configuration;
    private final String name;
    private final SnapshotStore store;
    private final Consumer<String> progress;
    private final Map<String, Source> sources = new HashMap<>();
    private final Map<String, CompletableFuture<Prepared>> ahead = new HashMap<>();
    private CompletableFuture<Void> keeping = CompletableFuture.completedFuture(null);
    private @Nullable Accelerator accelerator;
    private Duration bootTime = Duration.ZERO;
    private boolean newSnapshots;

    /** A snapshot, and the folder of it as long as it is not kept in the cache. */
    private final class Source {
        private Snapshot snapshot;
        private @Nullable Path draft;

        Source(Snapshot snapshot, @Nullable Path draft) {
            this.snapshot = snapshot;
            this.draft = draft;
        }

        synchronized Machine start() {
            return Machine.start(configuration, known(), snapshot);
        }

        synchronized Machine startSavable() {
            return Machine.startSavable(configuration, known(), snapshot);
        }

        synchronized byte[] note() {
            return snapshot.note();
        }

        /** Move it into the cache, while no machine starts from it. */
        synchronized void keep(String key, String about) {
            Path written = draft;
            if (written != null) {
                store.keep(key, written, about, snapshot).ifPresent(kept -> {
                    snapshot = kept;
                    draft = null;
                });
            }
        }

        synchronized void close() {
            if (draft != null) {
                store.discard(draft);
                draft = null;
            }
        }
    }

    /**
     * Start machines of one kernel.
     *
     * @param name what users call the kernel
     * @param progress is told a line about what takes its time or does not work
     */
    public PristineMachines(
            Hypervisor hypervisor,
            MachineConfiguration configuration,
            String name,
            SnapshotStore store,
            Consumer<String> progress) {
        this.hypervisor = hypervisor;
        this.configuration = configuration;
        this.name = name;
        this.store = store;
        this.progress = progress;
        this.accelerator = hypervisor.accelerator().orElse(null);
    }

    /**
     * A machine with a target made ready.
     *
     * @param ready what the agent told when it was
     */
    public record Prepared(Machine machine, Reply.Ready ready) {}

    /** Tells that no machine can be saved, or started from a snapshot; a boot may still work. */
    public static final class NoSnapshotException extends Exception {
        private static final long serialVersionUID = 1L;

        NoSnapshotException(RuntimeException cause) {
            super(firstLine(cause), cause);
        }

        NoSnapshotException(String what, Exception cause) {
            super(what + ": " + firstLine(cause), cause);
        }

        private static String firstLine(Exception cause) {
            return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        }
    }

    /**
     * Start a machine with a target made ready, without a fault.
     *
     * @throws UntornException if the kernel does not boot
     */
    public Prepared prepared(Preparation preparation) throws NoSnapshotException {
        Preparation wanted = preparation.with(SystemCallFault.NONE);
        String id = id(wanted);
        Source saved = source(id);
        if (saved != null) {
            try {
                CompletableFuture<Prepared> begun = ahead.remove(id);
                return begun == null ? start(saved) : result(begun);
            } catch (UntornException e) {
                drop(id, e);
            }
        }
        Machine machine = booted();
        try {
            Reply ready = AgentClient.ask(machine, new Request.Prepare(wanted), PREPARE_LIMIT);
            machine.awaitIdleness();
            return start(save(id, wanted.target().name(), machine, Wire.encode(ready)));
        } catch (UntornException | MachineDiedException e) {
            throw new NoSnapshotException(e);
        } finally {
            machine.close();
        }
    }

    /** Return what names a preparation: a digest of all its fields, as the agent gets them. */
    private static String id(Preparation preparation) {
        return new Digest().add(Wire.encode(new Request.Prepare(preparation))).shortHex();
    }

    private static Prepared start(Source source) {
        Reply.Ready ready = (Reply.Ready) Wire.decodeReply(source.note());
        return new Prepared(source.start(), ready);
    }

    /** Begin to start the machine that {@link #prepared} will be asked for next, if there is a snapshot to start it from. */
    public void startAhead(Preparation preparation) {
        String wanted = id(preparation.with(SystemCallFault.NONE));
        Source saved = source(wanted);
        if (saved != null) {
            ahead.computeIfAbsent(
                    wanted,
                    key -> CompletableFuture.supplyAsync(
                            () -> start(saved), work -> new Thread(work, "untorn-start").start()));
        }
    }

    private static Prepared result(CompletableFuture<Prepared> begun) {
        try {
            return begun.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof UntornException cause ? cause : e;
        }
    }

    /** Return a machine without a target, which can be saved. */
    private Machine booted() throws NoSnapshotException {
        Source kept = source(BOOTED);
        if (kept != null) {
            try {
                return kept.startSavable();
            } catch (UntornException e) {
                drop(BOOTED, e);
            }
        }
        Machine machine = hypervisor.boot(configuration);
        accelerator = machine.accelerator();
        bootTime = machine.startTime();
        progress.accept(machine.bootMessage(name));
        boolean saved = false;
        try {
            // A first request is slow: what starts from the snapshot shall be asked a second one.
            AgentClient.ask(machine, new Request.Resume("", System.currentTimeMillis()), PREPARE_LIMIT);
            save(BOOTED, "booted", machine, new byte[0]);
            saved = true;
            return machine;
        } catch (UntornException | MachineDiedException e) {
            throw new NoSnapshotException(e);
        } finally {
            if (!saved) {
                machine.close();
            }
        }
    }

    private Accelerator known() {
        if (accelerator == null) {
            throw new IllegalStateException("nothing was booted or found yet");
        }
        return accelerator;
    }

    private @Nullable Source source(String id) {
        Source source = sources.get(id);
        if (source == null && accelerator != null) {
            source = store.find(key(id)).map(found -> new Source(found, null)).orElse(null);
            if (source != null) {
                sources.put(id, source);
            }
        }
        return source;
    }

    private void drop(String id, UntornException reason) {
        keeping.join();
        Source source = sources.remove(id);
        if (source != null) {
            source.close();
        }
        store.drop(key(id), String.valueOf(reason.getMessage()));
    }

    /** Save a machine, and keep the snapshot. */
    private Source save(String id, String about, Machine machine, byte[] note) throws NoSnapshotException {
        String key = key(id);
        @Nullable Path draft = null;
        try {
            draft = store.draft(key);
            Source source = new Source(machine.save(SnapshotStore.memoryIn(draft), note), draft);
            sources.put(id, source);
            newSnapshots = true;
            keeping = keeping.thenRunAsync(() -> source.keep(key, name + ", " + about));
            return source;
        } catch (IOException | UntornException e) {
            if (draft != null) {
                store.discard(draft);
            }
            throw new NoSnapshotException(SnapshotStore.NOT_KEPT, e);
        }
    }

    /** Name all that a snapshot follows from. */
    private String key(String id) {
        Digest inputs = new Digest()
                .add(FORMAT)
                .add(Hypervisor.platform(known()))
                .add(String.join(" ", QemuCommand.machine(configuration, known())))
                .add(String.valueOf(configuration.initrd().getFileName()))
                .add(id)
                .add(String.valueOf(configuration.started().getFileName()));
        if (!configuration.started().equals(configuration.kernelImage())) {
            return inputs.shortHex(); // its name says its content
        }
        try {
            return inputs.add(configuration.kernelImage()).shortHex();
        } catch (IOException e) {
            throw UntornException.caller(
                    "cannot read the kernel " + configuration.kernelImage() + ": " + e.getMessage());
        }
    }

    /** Return how long the last boot took; nothing where all machines started from snapshots that were kept. */
    public Duration bootTime() {
        return bootTime;
    }

    /** Tell whether there is more to keep than before. */
    public boolean hasNewSnapshots() {
        return newSnapshots;
    }

    /** Wait until all is kept, and end what holds it. */
    @Override
    public void close() {
        ahead.values().forEach(begun -> begun.thenAccept(
                        prepared -> prepared.machine().close())
                .exceptionally(failure -> null)
                .join());
        ahead.clear();
        keeping.join();
        sources.values().forEach(Source::close);
        sources.clear();
    }
}
