package io.untorn.agent.protocol;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.history.Environment;
import io.untorn.model.history.Errno;
import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Write;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** Measure what it costs to send a trace of 50 operations and its history. Run its main, with the guest's -XX:TieredStopAtLevel=1. */
final class WireBenchmark {
    private static final int OPERATIONS = 50;
    private static final int MESSAGES = 20_000;

    private WireBenchmark() {}

    public static void main(String[] args) {
        Trace trace = trace();
        History history = history(trace);
        byte[] request = Wire.encode(new Request.Run(1, trace, Marking.END));
        byte[] reply = Wire.encode(Reply.Ran.of(history));
        System.out.printf("trace %d bytes, history %d bytes%n", request.length, reply.length);
        for (int round = 1; round <= 5; round++) {
            report(round, "encode trace", () -> Wire.encode(new Request.Run(1, trace, Marking.END)).length);
            report(round, "decode trace", () -> run(Wire.decodeRequest(request)).run());
            report(round, "encode history", () -> Wire.encode(Reply.Ran.of(history)).length);
            report(
                    round,
                    "decode history",
                    () -> ran(Wire.decodeReply(reply)).history(trace).steps().size());
        }
    }

    private static Request.Run run(Request request) {
        return (Request.Run) request;
    }

    private static Reply.Ran ran(Reply reply) {
        return (Reply.Ran) reply;
    }

    private static void report(int round, String what, IntSupplier message) {
        long start = System.nanoTime();
        long sum = 0;
        for (int i = 0; i < MESSAGES; i++) {
            sum += message.getAsInt();
        }
        System.out.printf(
                "round %d %-16s %6d ns per message (%x)%n", round, what, (System.nanoTime() - start) / MESSAGES, sum);
    }

    private static Trace trace() {
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < OPERATIONS; i++) {
            operations.add(
                    i % 3 == 0
                            ? Read.plain(Access.DIRECT, 4096L * i, 8192)
                            : i % 2 == 0 ? Write.atomic(4096L * i, 4096) : Write.plain(Access.DIRECT, 4096L * i, 4096));
        }
        return new Trace(new Target("xfs", TargetKind.XFS, 4096, 4096, true), operations);
    }

    private static History history(Trace trace) {
        List<Step> steps = new ArrayList<>();
        for (Operation operation : trace.operations()) {
            int at = steps.size();
            Outcome outcome = at % 3 == 0
                    ? new Outcome.ReadBack(Contents.zeros(8192).with(512, 4096, new Origin.Written(at, 0)))
                    : at % 3 == 1 ? new Outcome.Returned(4096) : new Outcome.Failed(Errno.EINVAL);
            steps.add(new Step(operation, at, at, outcome));
        }
        Environment environment = WireTest.FOUND;
        return new History(trace, environment, steps, List.of(), List.of());
    }
}
