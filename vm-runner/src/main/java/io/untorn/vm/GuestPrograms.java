package io.untorn.vm;

import io.untorn.agent.protocol.Program;
import io.untorn.agent.protocol.Reply;
import io.untorn.agent.protocol.Request;
import io.untorn.model.console.Severity;
import io.untorn.model.console.Splat;
import io.untorn.vm.guest.GuestImage;
import io.untorn.vm.host.UntornException;
import io.untorn.vm.qemu.AgentClient;
import io.untorn.vm.qemu.MachineDiedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Runs programs in the guest: a reproducer, a program of the host, a loop of writes. */
final class GuestPrograms {
    /** How long a program may take in the guest. */
    private static final Duration PROGRAM_LIMIT = Duration.ofSeconds(30);

    /** How long the agent may take to answer. */
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(1);

    private final MachineSupply machines;

    GuestPrograms(MachineSupply machines) {
        this.machines = machines;
    }

    /**
     * Run a program to its end on the target prepared last, from its pristine state; discard what it spoiled.
     *
     * @throws UntornException if the machinery fails
     */
    ProgramRun run(Program program) {
        GuestSession guest = machines.ready();
        int run = guest.beginRun();
        Request request = new Request.RunProgram(run, program, (int) PROGRAM_LIMIT.toSeconds());
        try {
            if (AgentClient.ask(guest.machine(), request, ANSWER_LIMIT) instanceof Reply.ProgramEnded ended) {
                guest.awaitEndOf(run);
                List<String> lines = guest.newConsoleLines();
                machines.discardSpoiled(Splat.worst(lines).orElse(Severity.WARNS));
                return new ProgramRun(
                        ProgramRun.End.BY_ITSELF, OptionalInt.of(ended.exitCode()), ended.output(), lines);
            }
        } catch (MachineDiedException e) {
            if (!guest.isHang(e)) {
                machines.discard();
                return unended(ProgramRun.End.WITH_MACHINE, guest);
            }
        }
        guest.machine().printStacks();
        machines.discard();
        return unended(ProgramRun.End.NOT_AT_ALL, guest);
    }

    private static ProgramRun unended(ProgramRun.End end, GuestSession guest) {
        return new ProgramRun(end, OptionalInt.empty(), "", guest.newConsoleLines());
    }

    /**
     * Run a program of the guest image, and return what it printed.
     *
     * @param name the name of its file
     * @throws UntornException if it fails, or does not end within 30 s
     */
    String run(String name, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(GuestImage.PROGRAMS + name));
        command.addAll(arguments);
        Request request = new Request.RunCommand(command, (int) PROGRAM_LIMIT.toSeconds());
        Reply.ProgramEnded ended = (Reply.ProgramEnded) machines.current().ask(request, ANSWER_LIMIT);
        if (ended.exitCode() != 0) {
            throw UntornException.machinery(
                    name + " ended with " + ended.exitCode() + " in the guest: " + ended.output());
        }
        return ended.output();
    }

    /** Let the agent write in a loop, and return its writes per second. */
    double writesPerSecond(Request.LoopWrites asked) {
        Reply.LoopedWrites looped = (Reply.LoopedWrites) machines.current().ask(asked, ANSWER_LIMIT);
        return looped.writes() * 1e9 / looped.nanos();
    }
}
