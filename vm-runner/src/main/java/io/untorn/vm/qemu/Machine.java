package io.untorn.vm.qemu;

import static org.awaitility.Awaitility.await;

import io.untorn.agent.protocol.Reply;
import io.untorn.agent.protocol.Request;
import io.untorn.agent.protocol.Wire;
import io.untorn.kernelconfigs.RequiredOption;
import io.untorn.model.console.Splat;
import io.untorn.vm.host.Architecture;
import io.untorn.vm.host.UntornException;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A running virtual machine whose agent is ready.
 *
 * <p>Closing it ends QEMU and removes its files; so does the end of this JVM, however that ends.
 */
public final class Machine implements AutoCloseable {
    private static final int TAIL_LINES = 15;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration END_GRACE = Duration.ofSeconds(2);
    private static final Duration IDLE_LIMIT = Duration.ofSeconds(5);
    private static final Duration RESUME_LIMIT = Duration.ofSeconds(20);
    private static final String RUNNING = "running";
    private static final Duration SLICE = Duration.ofMillis(500);
    private static final char[] STACKS = {'w', 'l'};
    private static final Duration SILENCE = Duration.ofMillis(700);
    private static final Duration STACKS_LIMIT = Duration.ofSeconds(5);

    private final QemuProcess qemu;
    private final QmpClient qmp;
    private final FrameChannel agent;
    private final Accelerator accelerator;
    private final Duration startTime;
    private boolean outOfStep;

    private Machine(QemuProcess qemu, QmpClient qmp, FrameChannel agent, Accelerator accelerator) {
        this.qemu = qemu;
        this.qmp = qmp;
        this.agent = agent;
        this.accelerator = accelerator;
        this.startTime = qemu.age();
    }

    /**
     * Boot a machine and wait for the agent's greeting.
     *
     * @throws UntornException if the file is no kernel, QEMU is missing, or the agent did not greet; the message ends with
     *     the console's last lines, and nothing is left behind
     */
    public static Machine boot(MachineConfiguration configuration, Accelerator accelerator) {
        requireBzImage(configuration.kernelImage());
        QemuProcess qemu = QemuProcess.start(configuration, accelerator, new GuestMemory.Fresh());
        boolean booted = false;
        try {
            QemuProcess.Connections connections = qemu.accept();
            QmpClient qmp = QmpClient.negotiate(connections.control());
            FrameChannel agent = new FrameChannel(connections.agent());
            awaitGreeting(agent, qmp, configuration.bootLimit());
            booted = true;
            return new Machine(qemu, qmp, agent, accelerator);
        } catch (StoppedException e) {
            throw notBooted(configuration, accelerator, qemu, "the machine stopped: " + e.getMessage());
        } catch (IOException e) {
            throw notBooted(configuration, accelerator, qemu, "the machine ended before the agent greeted");
        } catch (ConditionTimeoutException e) {
            String limit = seconds(configuration.bootLimit());
            throw notBooted(configuration, accelerator, qemu, "the agent did not greet in " + limit);
        } finally {
            if (!booted) {
                qemu.close();
            }
        }
    }

    /**
     * Start a machine from a snapshot; it shares all pages of the memory that it does not write to.
     *
     * @throws UntornException if it does not start; nothing is left behind
     */
    static Machine start(MachineConfiguration configuration, Accelerator accelerator, Snapshot snapshot) {
        return start(
                configuration,
                accelerator,
                snapshot,
                new GuestMemory.CopyOnWrite(snapshot.memory().file()));
    }

    /**
     * Start a machine from a snapshot, with memory of its own, so that it can be saved again.
     *
     * @throws UntornException if it does not start; nothing is left behind
     */
    static Machine startSavable(MachineConfiguration configuration, Accelerator accelerator, Snapshot snapshot) {
        return start(configuration, accelerator, snapshot, new GuestMemory.Filled());
    }

    private static Machine start(
            MachineConfiguration configuration, Accelerator accelerator, Snapshot snapshot, GuestMemory memory) {
        QemuProcess qemu = QemuProcess.start(configuration, accelerator, memory);
        boolean started = false;
        try {
            QemuProcess.Connections connections = qemu.accept();
            QmpClient qmp = QmpClient.negotiate(connections.control());
            if (memory instanceof GuestMemory.Filled) {
                snapshot.memory().copyTo(qemu.memory());
            }
            MachineState.load(qmp, snapshot.state());
            FrameChannel agent = new FrameChannel(connections.agent());
            resynchronise(agent);
            started = true;
            return new Machine(qemu, qmp, agent, accelerator);
        } catch (IOException | MachineDiedException e) {
            qemu.awaitEnd(END_GRACE);
            throw UntornException.machinery(
                    "the machine did not start from its snapshot: "
                            + qemu.firstError().orElse(String.valueOf(e.getMessage())),
                    e);
        } finally {
            if (!started) {
                qemu.close();
            }
        }
    }

    /** Tell the agent that it was restored and what time it is, and skip everything that it sent before. */
    private static void resynchronise(FrameChannel agent) throws IOException {
        String nonce = UUID.randomUUID().toString();
        Request.Resume resume = new Request.Resume(nonce, System.currentTimeMillis());
        try {
            agent.send(Wire.encode(resume), RESUME_LIMIT);
            agent.skipPast(Wire.encode(new Reply.Resumed(nonce)), RESUME_LIMIT);
        } catch (TimeoutException e) {
            throw new IOException("the agent did not answer in " + seconds(RESUME_LIMIT), e);
        }
    }

    /**
     * Wait until the machine is almost idle. Work that is pending when it is saved, such as JIT compilation, is repeated by
     * each machine that starts from the snapshot, before it answers.
     */
    void awaitIdleness() {
        qemu.awaitIdleness(IDLE_LIMIT);
    }

    /**
     * Save the machine, which is stopped meanwhile and then continues.
     *
     * @param memory the file to create for its memory
     * @param note data to keep with the snapshot
     * @throws UntornException if it can't be saved; it may continue nevertheless
     */
    synchronized Snapshot save(Path memory, byte[] note) {
        try {
            try {
                byte[] state = MachineState.save(qmp);
                return new Snapshot(state, MemoryImage.of(qemu.memory()).copyTo(memory), note);
            } finally {
                qmp.execute("cont");
            }
        } catch (IOException e) {
            qemu.awaitEnd(END_GRACE);
            String why = isAlive() ? String.valueOf(e.getMessage()) : "it ended";
            throw UntornException.machinery("the machine could not be saved: " + why, e);
        }
    }

    /** Check the magic number at byte 514 of a bzImage: with another file QEMU starts a machine that does nothing. */
    private static void requireBzImage(Path kernelImage) {
        try (RandomAccessFile file = new RandomAccessFile(kernelImage.toFile(), "r")) {
            file.seek(0x202);
            if (file.readInt() == 0x48647253) {
                return;
            }
        } catch (EOFException e) {
            // Too short for a kernel.
        } catch (IOException e) {
            throw UntornException.caller("cannot read the kernel " + kernelImage + ": " + e.getMessage());
        }
        throw UntornException.caller(
                kernelImage + " is not a bootable Linux kernel. Give an " + Architecture.GUEST.description() + " "
                        + Architecture.GUEST.bootImage() + ", such as " + Architecture.GUEST.bootImagePath() + ".");
    }

    private static void awaitGreeting(FrameChannel agent, QmpClient qmp, Duration limit) throws IOException {
        await().atMost(limit)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> tryReceive(agent, qmp), Optional::isPresent);
    }

    private static Optional<byte[]> tryReceive(FrameChannel agent, QmpClient qmp) throws IOException {
        try {
            return Optional.of(agent.receive(POLL));
        } catch (TimeoutException e) {
            String state = qmp.runState();
            if (!state.equals(RUNNING)) {
                throw new StoppedException(state);
            }
            return Optional.empty();
        }
    }

    /** Reports the run state in which the machine stopped. */
    private static final class StoppedException extends IOException {
        private static final long serialVersionUID = 1L;

        StoppedException(String runState) {
            super(runState);
        }
    }

    private static UntornException notBooted(
            MachineConfiguration configuration, Accelerator accelerator, QemuProcess qemu, String reason) {
        qemu.close();
        String failed = configuration.kernelImage() + " did not boot with " + accelerator + ": " + reason;
        Optional<RequiredOption> lacking = RequiredOption.shownBy(qemu.console().lines());
        if (lacking.isPresent()) {
            return UntornException.machinery(failed + ", because the kernel was built without " + lacking.get() + ".");
        }
        String complaint = Splat.starts(qemu.console().lines()).stream()
                .findFirst()
                .or(qemu::firstError)
                .map(error -> " (" + error + ")")
                .orElse("");
        return UntornException.machinery(failed + complaint + ".\n" + qemu.outputTail(TAIL_LINES));
    }

    /** Return the time from the start of QEMU to the agent's answer. */
    public Duration startTime() {
        return startTime;
    }

    /** Return the message that a kernel booted: its name, the time it took, and the accelerator. */
    public String bootMessage(String name) {
        return String.format(Locale.ROOT, "booted %s in %.1f s (%s)", name, startTime.toMillis() / 1e3, accelerator);
    }

    /** Return the accelerator. */
    public Accelerator accelerator() {
        return accelerator;
    }

    /**
     * Send a request and return its answer.
     *
     * @throws MachineDiedException if the machine ended, or did not answer within the limit; close it then, because later
     *     requests fail too
     */
    public synchronized byte[] exchange(byte[] request, Duration limit) {
        if (outOfStep) {
            throw died(MachineDiedException.Reason.NO_ANSWER, "an earlier request is still without an answer");
        }
        outOfStep = true;
        try {
            agent.send(request, limit);
            byte[] answer = receive(limit);
            outOfStep = false;
            return answer;
        } catch (TimeoutException e) {
            throw died(MachineDiedException.Reason.NO_ANSWER, "no answer in " + seconds(limit));
        } catch (IOException e) {
            qemu.awaitEnd(END_GRACE);
            throw died(MachineDiedException.Reason.ENDED, "the machine ended before it answered");
        }
    }

    /** Receive an answer. Time in which this process was paused, as after Ctrl-Z, does not count: the machine was paused too. */
    private byte[] receive(Duration limit) throws IOException, TimeoutException {
        Duration left = limit;
        while (true) {
            Duration slice = left.compareTo(SLICE) < 0 ? left : SLICE;
            try {
                return agent.receive(slice);
            } catch (TimeoutException e) {
                left = left.minus(slice);
                if (left.isZero()) {
                    throw e;
                }
            }
        }
    }

    /**
     * Let the kernel print the stacks of blocked tasks and of active processors: sysrq w and l, after a BREAK on its console.
     * A kernel that no longer handles interrupts prints nothing.
     */
    public void printStacks() {
        try {
            for (char key : STACKS) {
                qmp.execute("chardev-send-break", Map.of("id", QemuCommand.CONSOLE));
                qemu.type(key);
                console().awaitSilence(SILENCE, STACKS_LIMIT);
            }
        } catch (IOException e) {
            // QEMU ended meanwhile.
        }
    }

    /** Tell whether the machine runs: it is not stopped, and QEMU has not ended. */
    public boolean isRunning() {
        try {
            return qmp.runState().equals(RUNNING);
        } catch (IOException e) {
            return false;
        }
    }

    private MachineDiedException died(MachineDiedException.Reason reason, String what) {
        return new MachineDiedException(reason, what + ".\n" + qemu.outputTail(TAIL_LINES));
    }

    private static String seconds(Duration limit) {
        return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }

    /** Return the recorded output of the kernel and the agent. */
    public Console console() {
        return qemu.console();
    }

    /** Return QEMU's control connection. */
    public QmpClient qmp() {
        return qmp;
    }

    /** Return the process id of QEMU. */
    public long processId() {
        return qemu.processId();
    }

    /** Tell whether QEMU still runs. */
    public boolean isAlive() {
        return qemu.isAlive();
    }

    /** End the machine at once, and remove its files. Closing twice is fine. */
    @Override
    public void close() {
        try (qemu) {
            agent.close();
            qmp.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the connections to QEMU", e);
        }
    }
}
