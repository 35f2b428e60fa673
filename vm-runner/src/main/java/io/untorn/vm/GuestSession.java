package io.untorn.vm;

import io.untorn.agent.protocol.Reply;
import io.untorn.agent.protocol.Request;
import io.untorn.model.console.OperationMark;
import io.untorn.model.console.Splat;
import io.untorn.vm.host.UntornException;
import io.untorn.vm.qemu.AgentClient;
import io.untorn.vm.qemu.Machine;
import io.untorn.vm.qemu.MachineDiedException;
import java.time.Duration;
import java.util.List;

/** A machine and the runs of traces and programs in it. Each run has a number, and its own part of the console output. */
final class GuestSession implements AutoCloseable {
    /** How long the console output of a run may arrive after the agent's answer. */
    private static final Duration CONSOLE_LIMIT = Duration.ofSeconds(2);

    private final Machine machine;
    private final HangTimeout hangTimeout;
    private int runs;
    private int consoleLines;
    private boolean targetSpoiled;

    /**
     * Begin a session.
     *
     * @param hangTimeout how long the machine's kernel may take to answer
     */
    GuestSession(Machine machine, HangTimeout hangTimeout) {
        this.machine = machine;
        this.hangTimeout = hangTimeout;
    }

    Machine machine() {
        return machine;
    }

    HangTimeout hangTimeout() {
        return hangTimeout;
    }

    /**
     * Send the agent a request and return its reply, {@link Reply.Failed} or another.
     *
     * @throws MachineDiedException as {@link Machine#exchange} does
     */
    Reply exchange(Request request, Duration limit) {
        return AgentClient.exchange(machine, request, limit);
    }

    /**
     * Send the agent a request whose failure is not the kernel's fault.
     *
     * @throws UntornException if the agent could not do what was asked, or the machine is gone
     */
    Reply ask(Request request, Duration limit) {
        try {
            return AgentClient.ask(machine, request, limit);
        } catch (MachineDiedException e) {
            throw gone(e);
        }
    }

    /** Return the error for a machine that is gone, which is not the kernel's fault. */
    static UntornException gone(MachineDiedException e) {
        return UntornException.machinery(
                "the virtual machine is gone. Run again; if this happens again, report it with the following: "
                        + e.getMessage(),
                e);
    }

    /** Tell whether the machine still runs, so that the kernel or the request hangs. */
    boolean isHang(MachineDiedException e) {
        return e.reason() == MachineDiedException.Reason.NO_ANSWER && machine.isRunning();
    }

    /** Note that a target was prepared just now: what the kernel printed before belongs to no run. */
    void targetMadeReady() {
        targetSpoiled = false;
        consoleLines = machine.console().size();
    }

    /** Note that the target must be prepared again before its next use. */
    void spoilTarget() {
        targetSpoiled = true;
    }

    boolean isTargetSpoiled() {
        return targetSpoiled;
    }

    /** Tell whether the machine has run nothing yet. */
    boolean isPristine() {
        return runs == 0;
    }

    /** Return the number of a run that begins now. */
    int beginRun() {
        return ++runs;
    }

    /** Wait until the console has everything that the kernel printed in a run that the agent has answered. */
    void awaitEndOf(int run) {
        machine.console().await(line -> OperationMark.isEnd(line, run), consoleLines, CONSOLE_LIMIT);
    }

    /** Tell whether the kernel complained in the current run. */
    boolean hasComplaint() {
        return !Splat.starts(machine.console().linesSince(consoleLines)).isEmpty();
    }

    /** Return what the kernel printed since the last call, or since the target was prepared. */
    List<String> newConsoleLines() {
        int end = machine.console().size();
        List<String> lines = machine.console().lines(consoleLines, end);
        consoleLines = end;
        return lines.stream().filter(line -> !OperationMark.isEndOfARun(line)).toList();
    }

    @Override
    public void close() {
        machine.close();
    }
}
