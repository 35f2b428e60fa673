package io.untorn.conformance.judge;

import io.untorn.model.console.OperationMark;
import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.history.Errno;
import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.oracle.Verdict.Violation;
import io.untorn.model.target.Target;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A history of a sound kernel, in which some answers, data, or lines of the console are replaced. Steps are counted from
 * 1.
 *
 * @param history the history
 */
record Forged(History history) {
    /** Run operations on a simulated kernel of a release. */
    static Forged on(String release, Target target, Operation... operations) {
        try (SimulatedKernel kernel = new SimulatedKernel(SimulatedMachine.linux(release))) {
            kernel.prepare(target);
            return new Forged(kernel.run(new Trace(target, List.of(operations))));
        }
    }

    Forged returning(int step, long value) {
        return answering(step, new Outcome.Returned(value));
    }

    Forged failing(int step, Errno errno) {
        return answering(step, new Outcome.Failed(errno));
    }

    /** Let each of several writes that were handed over at once come to something else. */
    Forged answeringEach(int step, Outcome... outcomes) {
        return answering(step, new Outcome.Each(List.of(outcomes)));
    }

    /** Let an audit find a fault. */
    Forged unclean(int step, String... faults) {
        return answering(step, new Outcome.Unclean(List.of(faults)));
    }

    private Forged answering(int step, Outcome outcome) {
        List<Step> steps = new ArrayList<>(history.steps());
        Step old = steps.get(step - 1);
        steps.set(step - 1, new Step(old.operation(), old.invoked(), old.returned(), outcome));
        return with(steps, history.console());
    }

    /** Let a write be done that the sound kernel refused: it returns its length, and later reads of the file bring it. */
    Forged storing(int step, long place, int length) {
        Write write = (Write) history.steps().get(step - 1).operation();
        Forged done = returning(step, length);
        for (int later = step + 1; later <= history.steps().size(); later++) {
            if (history.steps().get(later - 1).outcome() instanceof Outcome.ReadBack back) {
                Contents longer = back.contents()
                        .resized(Math.max(place + length, back.contents().end()));
                done = done.answering(
                        later,
                        new Outcome.ReadBack(longer.with(
                                place, length, new Origin.Written(step - 1, place - write.stampedOffset()))));
            }
        }
        return done;
    }

    /** Let a read find a file of at least a size; what is new are zeros. */
    Forged growing(int step, long size) {
        Contents there = ((Outcome.ReadBack) history.steps().get(step - 1).outcome()).contents();
        return answering(step, new Outcome.ReadBack(there.resized(Math.max(size, there.end()))));
    }

    /** Let a read bring something else in a range that it covers. */
    Forged finding(int step, long offset, long length, Origin origin) {
        Contents there = ((Outcome.ReadBack) history.steps().get(step - 1).outcome()).contents();
        return answering(step, new Outcome.ReadBack(there.with(offset, length, origin)));
    }

    /** Let a read bring what an operation of the trace put there. */
    Forged finding(int step, long offset, long length, int writtenBy) {
        return finding(step, offset, length, new Origin.Written(writtenBy - 1, 0));
    }

    /** Let the kernel warn in a function during a step. */
    Forged warning(int step, String file, String function) {
        List<String> console = new ArrayList<>(history.console());
        console.add("[    1.0] " + OperationMark.before(step - 1));
        console.add("[    1.0] WARNING: " + file + ":302 at " + function + "+0x1/0x2, CPU#0: java/93");
        console.add("[    1.0] ---[ end trace 0000000000000000 ]---");
        return with(history.steps(), console);
    }

    /** Let the kernel print a line during a step. */
    Forged printing(int step, String line) {
        List<String> console = new ArrayList<>(history.console());
        console.add("[    1.0] " + OperationMark.before(step - 1));
        console.add("[    1.0] " + line);
        return with(history.steps(), console);
    }

    /** Let the kernel stop in a function during a step. */
    Forged stopping(int step, String function) {
        List<String> console = new ArrayList<>(history.console());
        console.add("[    1.0] " + OperationMark.before(step - 1));
        console.add("[    1.0] BUG: kernel NULL pointer dereference, address: 0000000000000008");
        console.add("[    1.0] RIP: 0010:" + function + "+0x35/0x190");
        return with(history.steps().subList(0, step - 1), console);
    }

    private Forged with(List<Step> steps, List<String> console) {
        return new Forged(new History(history.trace(), history.environment(), steps, history.extents(), console));
    }

    Verdict verdict() {
        return Judge.judge(
                history, Judge.specification(Optional.empty(), history.trace().target(), history.environment()));
    }

    /** Return the known deviations that explain all that is broken, or the first rule that is broken without one. */
    String judged() {
        Verdict verdict = verdict();
        Optional<Violation> unknown = verdict.violations().stream()
                .filter(violation -> !verdict.deviations().containsKey(violation))
                .findFirst();
        return unknown.map(violation -> "breaks " + violation.rule().id())
                .orElseGet(() -> verdict.conforms()
                        ? "conforms"
                        : "known: "
                                + String.join(
                                        ", ",
                                        verdict.deviations().values().stream()
                                                .distinct()
                                                .sorted()
                                                .toList()));
    }
}
