package io.untorn.vm;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A booted virtual machine with the agent ready.
 *
 * <p>Closing it ends QEMU and removes its files; so does the end of this JVM, however it comes.
 */
public final class Machine implements AutoCloseable {
    private static final int TAIL_LINES = 15;
    private static final Duration GLANCE = Duration.ofMillis(200);
    private static final Duration DEATH_GRACE = Duration.ofSeconds(2);

    private final QemuProcess qemu;
    private final QmpClient qmp;
    private final FrameChannel agent;
    private final byte[] greeting;
    private boolean outOfStep;

    private Machine(QemuProcess qemu, QmpClient qmp, FrameChannel agent, byte[] greeting) {
        this.qemu = qemu;
        this.qmp = qmp;
        this.agent = agent;
        this.greeting = greeting;
    }

    /**
     * Boot a machine and wait for the agent's greeting.
     *
     * @throws UntornException if the kernel is none, QEMU is missing, or the agent did not greet; nothing is left behind
     */
    public static Machine boot(MachineConfiguration configuration, Accelerator accelerator) {
        KernelImages.requireBootable(configuration.kernelImage());
        QemuProcess qemu = QemuProcess.start(configuration, accelerator);
        try {
            QmpClient qmp = QmpClient.negotiate(qemu.acceptControl());
            FrameChannel agent = new FrameChannel(qemu.acceptAgent());
            return new Machine(qemu, qmp, agent, awaitGreeting(configuration, qemu, qmp, agent));
        } catch (ConditionTimeoutException e) {
            throw bootFailed(
                    configuration, accelerator, qemu, "no greeting in " + configuration.bootLimit().toSeconds() + " s");
        } catch (BootException | IOException e) {
            String how = e instanceof BootException ? e.getMessage() : "QEMU ended before the agent greeted";
            throw bootFailed(configuration, accelerator, qemu, how);
        } catch (RuntimeException e) {
            qemu.close();
            throw e;
        }
    }

    private static byte[] awaitGreeting(
            MachineConfiguration configuration, QemuProcess qemu, QmpClient qmp, FrameChannel agent)
            throws IOException {
        return await().atMost(configuration.bootLimit())
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> glance(qemu, qmp, agent), Optional::isPresent)
                .orElseThrow();
    }

    private static Optional<byte[]> glance(QemuProcess qemu, QmpClient qmp, FrameChannel agent) throws BootException {
        try {
            return Optional.of(agent.receive(GLANCE));
        } catch (TimeoutException e) {
            String state = runState(qmp);
            if (!state.equals("running")) {
                throw new BootException("the machine stopped in state '" + state + "'");
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new BootException("QEMU ended before the agent greeted");
        }
    }

    private static UntornException bootFailed(
            MachineConfiguration configuration, Accelerator accelerator, QemuProcess qemu, String how) {
        qemu.close();
        return UntornException.machinery(String.format(
                "%s did not boot with %s: %s.%n%s",
                configuration.kernelImage(), accelerator, how, qemu.lastWords(TAIL_LINES)));
    }

    /** Return what the agent said when it was ready. */
    public byte[] greeting() {
        return greeting.clone();
    }

    /**
     * Send a request and return its answer.
     *
     * @throws MachineDiedException if the machine ended, or gave no answer within the limit; then it answers no more
     */
    public synchronized byte[] exchange(byte[] request, Duration limit) {
        if (outOfStep) {
            throw died(MachineDiedException.Reason.NO_ANSWER, "an earlier request is still without an answer");
        }
        outOfStep = true;
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            agent.send(request, limit);
            byte[] answer = agent.receive(Duration.ofNanos(deadline - System.nanoTime()));
            outOfStep = false;
            return answer;
        } catch (TimeoutException e) {
            throw died(MachineDiedException.Reason.NO_ANSWER, "no answer in " + seconds(limit) + " s");
        } catch (IOException e) {
            qemu.awaitEnd(DEATH_GRACE);
            throw died(MachineDiedException.Reason.ENDED, "the machine ended during a request");
        }
    }
