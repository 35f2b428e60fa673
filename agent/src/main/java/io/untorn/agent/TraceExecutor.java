package io.untorn.agent;

import io.untorn.agent.linux.AlignedBuffer;
import io.untorn.agent.linux.GuardedMemory;
import io.untorn.agent.linux.MemoryFile;
import io.untorn.agent.protocol.AgentException;
import io.untorn.agent.protocol.Marking;
import io.untorn.agent.protocol.MissingFacility;
import io.untorn.agent.protocol.Reply;
import io.untorn.agent.protocol.Request;
import io.untorn.agent.protocol.SystemCallFault;
import io.untorn.model.console.OperationMark;
import io.untorn.model.contents.Stamp;
import io.untorn.model.history.Environment;
import io.untorn.model.history.Extent;
import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.MapExtents;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Write;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs traces on a prepared target, each from its pristine state. */
final class TraceExecutor implements AutoCloseable {
    private final PreparedTarget target;
    private final GuardedMemory memory = GuardedMemory.allocate(Operation.MAX_LENGTH + Buffer.PAGE);
    private final KernelCalls kernel = new KernelCalls(memory);
    private final PatientCalls calls;
    private final Auditor auditor;
    private final EnvironmentProbe probe;
    private final MemoryFile stores = MemoryFile.allocate(Operation.MAX_LENGTH + Buffer.PAGE);
    private final KernelLog log;
    private final AlignedBuffer zeros = AlignedBuffer.allocate(1 << 20, Buffer.PAGE);
    private final ZeroedRanges zeroed = new ZeroedRanges();

    TraceExecutor(PreparedTarget target, SystemCallFault fault) {
        this(target, fault, new KernelLog());
    }

    TraceExecutor(PreparedTarget target, SystemCallFault fault, KernelLog log) {
        this.target = target;
        this.log = log;
        this.calls = new PatientCalls(fault == SystemCallFault.NONE ? kernel : new FaultyCalls(kernel, fault));
        OpenTarget.link(target);
        this.auditor = new Auditor(calls, target);
        this.probe = new EnvironmentProbe(target, calls);
        zeros.fill(0);
    }

    /** Return one for the same target, with another fault; this one is gone. */
    TraceExecutor with(SystemCallFault fault) {
        close();
        return new TraceExecutor(target, fault);
    }

    /** Return what a trace on this target finds. */
    Environment environment() {
        try (OpenTarget open = new OpenTarget(target)) {
            return probe.environment(open);
        }
    }

    /** Return what the running kernel can't do. */
    List<MissingFacility> lacks() {
        return kernel.lacks();
    }

    /** Run a trace. */
    History run(Request.Run asked) {
        History history = run(asked.run(), asked.trace(), asked.marking());
        log.write(OperationMark.end(asked.run()));
        return history;
    }

    private History run(int run, Trace trace, Marking marking) {
        try (OpenTarget open = OpenTarget.of(target, trace)) {
            auditor.beginTrace();
            Environment environment = probe.environment(open);
            if (!target.isFile()) {
                zero(open, trace, environment.size());
            }
            try (OperationExecutor executor =
                    new OperationExecutor(open, calls, auditor, memory, stores, new Stamp(run))) {
                List<Step> steps = new ArrayList<>(trace.operations().size());
                long start = System.nanoTime();
                for (Operation operation : trace.operations()) {
                    markOperation(steps.size(), marking);
                    long invoked = System.nanoTime() - start;
                    Outcome outcome = executor.run(operation);
                    steps.add(new Step(operation, invoked, System.nanoTime() - start, outcome, calls.takeRepeats()));
                }
                markOperation(steps.size(), marking);
                List<Extent> extents =
                        executor.run(new MapExtents()) instanceof Outcome.Mapped mapped ? mapped.extents() : List.of();
                if (!target.isFile()) {
                    zeroed.addSeenAtTheEndOf(steps);
                }
                return new History(trace, environment, steps, extents, List.of());
            }
        }
    }

    private void markOperation(int index, Marking marking) {
        if (marking == Marking.OPERATIONS) {
            log.write(OperationMark.before(index));
        }
    }

    /** Run a program on the target, with no file there. */
    Reply.ProgramEnded run(Request.RunProgram program) throws IOException, InterruptedException {
        leaveToAProgram();
        Reply.ProgramEnded ended =
                new GuestProgram(program.program()).run(target.path(), Duration.ofSeconds(program.seconds()));
        log.write(OperationMark.end(program.run()));
        return ended;
    }

    /** Run a program of the guest's on the target, with no file there. */
    Reply.ProgramEnded run(Request.RunCommand command) throws IOException, InterruptedException {
        leaveToAProgram();
        return new GuestProcess(command.on(target.path())).run(Duration.ofSeconds(command.seconds()));
    }

    /** Write to the target in a loop. */
    Reply.LoopedWrites loop(Request.LoopWrites asked) {
        zeroed.clear();
        try (OpenTarget open = new OpenTarget(target);
                WriteLoop loop = new WriteLoop(open, asked)) {
            return loop.run();
        }
    }

    private void leaveToAProgram() {
        OpenTarget.remove(target);
        zeroed.clear();
    }

    /** Make a device read as zeros wherever the trace reads: write where that is not known. It is unknown from then on. */
    private void zero(OpenTarget open, Trace trace, long size) {
        trace.footprint().forEach((from, to) -> {
            long end = Math.min(to, size);
            if (from < end) {
                zeroed.unknown(from, end).forEach((start, next) -> zero(open, start, next));
                zeroed.forget(from, end);
            }
        });
    }

    private void zero(OpenTarget open, long from, long to) {
        for (long at = from; at < to; at += zeros.size()) {
            int length = (int) Math.min(zeros.size(), to - at);
            Write write = Write.plain(Access.DIRECT, at, length);
            long result = kernel.write(open.descriptor(Access.DIRECT), zeros.address(), write);
            if (result != length) {
                throw new AgentException("zeroing " + target + ", " + write + ", returned " + result);
            }
        }
    }

    @Override
    public void close() {
        log.close();
        zeros.close();
        stores.close();
        kernel.close();
        memory.close();
    }
}
