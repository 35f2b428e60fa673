package io.untorn.agent;

import io.untorn.agent.linux.AlignedBuffer;
import io.untorn.agent.linux.Answer;
import io.untorn.agent.linux.GuardedMemory;
import io.untorn.agent.linux.StatxResult;
import io.untorn.agent.linux.Uapi;
import io.untorn.model.Access;
import io.untorn.model.Buffer;
import io.untorn.model.Environment;
import io.untorn.model.Extent;
import io.untorn.model.History;
import io.untorn.model.Limits;
import io.untorn.model.MapExtents;
import io.untorn.model.Operation;
import io.untorn.model.Outcome;
import io.untorn.model.Stamp;
import io.untorn.model.Step;
import io.untorn.model.Trace;
import io.untorn.model.Write;
import java.util.ArrayList;
import java.util.List;

/** Runs traces on a prepared target, each from its pristine state. */
final class TraceExecutor implements AutoCloseable {
    private final PreparedTarget target;
    private final KernelCalls kernel = new KernelCalls();
    private final SystemCalls calls;
    private final GuardedMemory memory = GuardedMemory.allocate(Operation.MAX_LENGTH + Buffer.PAGE);
    private final AlignedBuffer zeros = AlignedBuffer.allocate(1 << 20, Buffer.PAGE);

    TraceExecutor(PreparedTarget target, Fault fault) {
        this.target = target;
        this.calls = fault == Fault.NONE ? kernel : new FaultyCalls(kernel, fault);
        zeros.bytes().put(new byte[zeros.size()]);
    }

    /** Tell what a trace on this target finds. */
    Environment environment() {
        try (OpenTarget open = new OpenTarget(target)) {
            return environment(open);
        }
    }

    /** Run a trace. */
    History run(int run, Trace trace) {
        try (OpenTarget open = new OpenTarget(target)) {
            Environment environment = environment(open);
            if (!target.isFile()) {
                zero(open, trace, environment.size());
            }
            try (OperationExecutor executor = new OperationExecutor(open, calls, memory, new Stamp(run))) {
                List<Step> steps = new ArrayList<>(trace.operations().size());
                long start = System.nanoTime();
                for (Operation operation : trace.operations()) {
                    long invoked = System.nanoTime() - start;
                    Outcome outcome = executor.run(operation);
                    steps.add(new Step(operation, invoked, System.nanoTime() - start, outcome));
                }
                List<Extent> extents =
                        executor.run(new MapExtents()) instanceof Outcome.Mapped mapped ? mapped.extents() : List.of();
                return new History(trace, environment, steps, extents, List.of());
            }
        }
    }

    private Environment environment(OpenTarget open) {
        if (!(calls.statx(open.descriptor(Access.DIRECT)) instanceof Answer.Given<StatxResult> given)) {
            throw new AgentException("statx of " + target + " failed");
        }
        StatxResult told = given.value();
        int alignment = told.dioOffsetAlign() == 0 ? target.logicalBlockSize() : told.dioOffsetAlign();
        return new Environment(
                System.getProperty("os.version"),
                limits(told),
                target.profile(),
                target.queueLimits(),
                alignment,
                open.size(told));
    }

    static Limits limits(StatxResult told) {
        return new Limits(
                Integer.toUnsignedLong(told.atomicWriteUnitMin()),
                Integer.toUnsignedLong(told.atomicWriteUnitMax()),
                Integer.toUnsignedLong(told.atomicWriteUnitMaxOpt()),
                Integer.toUnsignedLong(told.atomicWriteSegmentsMax()),
                (told.attributes() & Uapi.STATX_ATTR_WRITE_ATOMIC) != 0);
    }

    /** Make a device read as zeros wherever the trace looks. */
    private void zero(OpenTarget open, Trace trace, long size) {
        trace.footprint().forEach((from, to) -> {
            for (long at = from; at < Math.min(to, size); at += zeros.size()) {
                int length = (int) Math.min(zeros.size(), Math.min(to, size) - at);
                Write write = Write.plain(Access.DIRECT, at, length);
                long result = kernel.write(open.descriptor(Access.DIRECT), zeros.address(), write);
                if (result != length) {
                    throw new AgentException("zeroing " + target + ", " + write + ", returned " + result);
                }
            }
        });
    }

    @Override
    public void close() {
        zeros.close();
        memory.close();
        kernel.close();
    }
}
