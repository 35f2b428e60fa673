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
 * Starts machines that have not run a trace, with a prepared target.
 *
 * <p>A machine is booted once and saved. From that snapshot others start; one of them prepares the target and is saved too.
 * All later ones start from there. Snapshots are moved into the cache for the next run in the background.
 */
public final class PristineMachines implements AutoCloseable {
    private static final Duration PREPARE_LIMIT = Duration.ofMinutes(2);
    /** The version of the code that makes snapshots: part of their keys. */
    private static final String FORMAT = "7";

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

    /** A snapshot, and its folder as long as it is not in the cache. */
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
     * @param name the name of the kernel
     * @param progress gets a line before each slow step and after each failure
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
     * A machine with a prepared target.
     *
     * @param ready what the agent reported about it
     */
    public record Prepared(Machine machine, Reply.Ready ready) {}

    /** Reports that no machine can be saved, or started from a snapshot; a boot may still work. */
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
     * Start a machine with a prepared target, without a fault.
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

    /** Return the id of a preparation: a digest of the encoded request. */
    private static String id(Preparation preparation) {
        return new Digest().add(Wire.encode(new Request.Prepare(preparation))).shortHex();
    }

    private static Prepared start(Source source) {
        Reply.Ready ready = (Reply.Ready) Wire.decodeReply(source.note());
        return new Prepared(source.start(), ready);
    }

    /** If there is a snapshot, begin to start the machine that the next {@link #prepared} returns. */
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

    /** Return a savable machine without a target. */
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
            // A first request is slow, so it is made before the snapshot; so is what the agent has not rehearsed.
            AgentClient.ask(machine, new Request.Resume("", System.currentTimeMillis()), PREPARE_LIMIT);
            AgentClient.ask(machine, new Request.AwaitRehearsal(), PREPARE_LIMIT);
            machine.awaitIdleness();
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

    /** Return the key of a snapshot: a digest of all its inputs. */
    private String key(String id) {
        Digest inputs = new Digest()
                .add(FORMAT)
                .add(Hypervisor.platform(known()))
                .add(String.join(" ", QemuCommand.machine(configuration, known())))
                .add(String.valueOf(configuration.initrd().getFileName()))
                .add(id)
                .add(String.valueOf(configuration.started().getFileName()));
        if (!configuration.started().equals(configuration.kernelImage())) {
            return inputs.shortHex(); // its name contains a digest of its content
        }
        try {
            return inputs.add(configuration.kernelImage()).shortHex();
        } catch (IOException e) {
            throw UntornException.caller(
                    "cannot read the kernel " + configuration.kernelImage() + ": " + e.getMessage());
        }
    }

    /** Return how long the last boot took; zero if all machines started from snapshots in the cache. */
    public Duration bootTime() {
        return bootTime;
    }

    /** Tell whether snapshots were added to the cache. */
    public boolean hasNewSnapshots() {
        return newSnapshots;
    }

    /** Wait until all snapshots are in the cache, and end the machines that were started ahead. */
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
