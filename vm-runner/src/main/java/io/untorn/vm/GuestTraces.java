package io.untorn.vm;

import io.untorn.agent.protocol.Marking;
import io.untorn.agent.protocol.Reply;
import io.untorn.agent.protocol.Request;
import io.untorn.model.console.OperationMark;
import io.untorn.model.console.Severity;
import io.untorn.model.console.Splat;
import io.untorn.model.history.History;
import io.untorn.model.history.Trace;
import io.untorn.vm.host.UntornException;
import io.untorn.vm.qemu.AgentClient;
import io.untorn.vm.qemu.MachineDiedException;
import java.time.Duration;
import java.util.List;

/**
 * Runs traces in the guest, and returns what is known of those that the kernel did not answer.
 *
 * <p>Marks in the kernel's log show in which operation a splat came. They slow the guest, so a trace first runs without
 * them; one that makes the kernel complain runs again with them.
 */
final class GuestTraces {
    /** How often a trace runs again if the kernel complained and this process was paused meanwhile. */
    private static final int RUNS_AFTER_A_PAUSE = 2;

    private final MachineSupply machines;
    private final ComplaintPolicy complaints;
    private final RefusedMounts mounts = new RefusedMounts();

    GuestTraces(MachineSupply machines, ComplaintPolicy complaints) {
        this.machines = machines;
        this.complaints = complaints;
    }

    /**
     * Run a trace on the target prepared last.
     *
     * @throws UntornException if the machinery fails
     */
    History run(Trace trace) {
        return run(trace, RUNS_AFTER_A_PAUSE);
    }

    private History run(Trace trace, int more) {
        Marking marking = complaints.marking();
        History history = runOnce(trace, marking);
        if (!ComplaintPolicy.isComplaint(history)) {
            return history;
        }
        if (complaints.wasPaused() && more > 0) {
            machines.discard();
            return run(trace, more - 1);
        }
        return marking == Marking.OPERATIONS ? history : marked(trace, history);
    }

    /** Run a trace that made the kernel complain again with marks; return the marked history if the complaint recurs. */
    private History marked(Trace trace, History history) {
        machines.rearmWarnings();
        History marked = runOnce(trace, Marking.OPERATIONS);
        return ComplaintPolicy.isComplaint(marked) ? marked : history;
    }

    private History runOnce(Trace trace, Marking marking) {
        GuestSession guest = machines.ready();
        Duration limit = complaints.beginRun(guest.hangTimeout());
        int run = guest.beginRun();
        History history;
        try {
            long start = System.nanoTime();
            Reply reply = guest.exchange(new Request.Run(run, trace, marking), limit);
            if (reply instanceof Reply.Ran) {
                complaints.answered(Duration.ofNanos(System.nanoTime() - start));
                guest.awaitEndOf(run);
            }
            history = history(trace, guest, reply);
        } catch (MachineDiedException e) {
            history = unanswered(trace, guest, e);
        }
        return settled(history.withConsole(guest.newConsoleLines()));
    }

    private History history(Trace trace, GuestSession guest, Reply reply) {
        if (reply instanceof Reply.Ran ran) {
            return ran.history(trace);
        }
        return reply instanceof Reply.Unanswered ? hung(trace, guest) : unanswered(trace, guest, (Reply.Failed) reply);
    }

    /** Return what is known of a trace that the agent gave up after the kernel complained: it may have lost its file system. */
    private History unanswered(Trace trace, GuestSession guest, Reply.Failed failed) {
        if (!guest.hasComplaint()) {
            throw AgentClient.error(guest.machine(), failed);
        }
        machines.discardSpoiled(Severity.SPOILS_TARGET);
        return unanswered(trace);
    }

    /** Return what is known of a trace that the machine did not answer, if that is the kernel's fault; end the machine. */
    private History unanswered(Trace trace, GuestSession guest, MachineDiedException e) {
        if (guest.isHang(e)) {
            return hung(trace, guest);
        }
        machines.discard();
        if (!guest.hasComplaint()) {
            throw GuestSession.gone(e);
        }
        return unanswered(trace);
    }

    /** Return what is known of a trace in which the kernel hangs, after it printed its stacks; end the machine. */
    private History hung(Trace trace, GuestSession guest) {
        guest.machine().printStacks();
        machines.discard();
        return unanswered(trace);
    }

    private History unanswered(Trace trace) {
        Reply.Ready ready = machines.lastReady().orElseThrow();
        return new History(trace, ready.environment(), List.of(), List.of(), List.of());
    }

    /** Discard what refused mounts wore out, or a complaint spoiled; if there was none, drop the marks from the console lines. */
    private History settled(History history) {
        if (mounts.wearOut(history)) {
            machines.discardSpoiled(Severity.SPOILS_TARGET);
        }
        if (!ComplaintPolicy.isComplaint(history)) {
            return history.withConsole(history.console().stream()
                    .filter(line -> !OperationMark.isMark(line))
                    .toList());
        }
        complaints.complained(history);
        machines.discardSpoiled(Splat.worst(history.console()).orElse(Severity.WARNS));
        return history;
    }
}
