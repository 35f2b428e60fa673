package io.untorn.agent;

import io.untorn.agent.linux.AlignedBuffer;
import io.untorn.agent.linux.Answer;
import io.untorn.agent.linux.Extents;
import io.untorn.agent.linux.FileExtent;
import io.untorn.agent.linux.StatxResult;
import io.untorn.model.Access;
import io.untorn.model.Environment;
import io.untorn.model.Errno;
import io.untorn.model.Extent;
import io.untorn.model.History;
import io.untorn.model.Operation;
import io.untorn.model.Operation.Allocate;
import io.untorn.model.Operation.CloneRange;
import io.untorn.model.Operation.Fsync;
import io.untorn.model.Operation.PunchHole;
import io.untorn.model.Operation.Read;
import io.untorn.model.Operation.Statx;
import io.untorn.model.Operation.Truncate;
import io.untorn.model.Operation.Write;
import io.untorn.model.Outcome;
import io.untorn.model.Stamp;
import io.untorn.model.Step;
import io.untorn.model.Trace;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Runs traces on a prepared target, each from its pristine state. */
final class TraceExecutor implements AutoCloseable {
    private static final int PAGE = 4096;

    private final PreparedTarget target;
    private final SystemCalls kernel = new KernelCalls();
    private final SystemCalls calls;
    private final EnvironmentProbe probe;
    private final AlignedBuffer buffer = AlignedBuffer.allocate(Operation.MAX_LENGTH, PAGE);
    private final AlignedBuffer zeros = AlignedBuffer.allocate(1 << 20, PAGE);

    TraceExecutor(PreparedTarget target, Fault fault) {
        this.target = target;
        this.calls = fault == Fault.NONE ? kernel : new FaultyCalls(kernel, fault);
        this.probe = new EnvironmentProbe(target, calls);
        zeros.bytes().put(new byte[zeros.size()]);
    }

    /** Tell what a trace on this target finds. */
    Environment environment() {
        try (OpenTarget open = target.openPristine()) {
            return probe.environment(open);
        }
    }

    /** Run a trace. */
    History run(int run, Trace trace) {
        try (OpenTarget open = target.openPristine()) {
            Environment environment = probe.environment(open);
            if (!target.isFile()) {
                zero(open, trace, environment.size());
            }
            List<Step> steps = new ArrayList<>(trace.operations().size());
            Stamp stamp = new Stamp(run);
            long start = System.nanoTime();
            for (Operation operation : trace.operations()) {
                ByteBuffer data = buffer.bytes().clear();
                if (operation instanceof Write write) {
                    stamp.fill(data.limit(write.length()), steps.size(), write.offset());
                }
                long invoked = System.nanoTime() - start;
                long result = call(open, operation);
                long returned = System.nanoTime() - start;
                steps.add(new Step(operation, invoked, returned, outcome(open, operation, result, stamp)));
            }
            return new History(trace, environment, steps, extents(open), List.of());
        }
    }

    private long call(OpenTarget open, Operation operation) {
        if (operation instanceof Write write) {
            return calls.write(open.descriptor(write.access()), buffer, write);
        }
        if (operation instanceof Read read) {
            return calls.read(open.descriptor(read.access()), buffer, read.length(), read.offset());
        }
        int fd = open.descriptor(Access.BUFFERED);
        if (operation instanceof Truncate truncate) {
            return calls.truncate(fd, truncate.size());
        }
        if (operation instanceof Allocate allocate) {
            return calls.allocate(fd, allocate.offset(), allocate.length());
        }
        if (operation instanceof PunchHole punch) {
            return calls.punchHole(fd, punch.offset(), punch.length());
        }
        if (operation instanceof CloneRange clone) {
            return calls.cloneRange(fd, clone.source(), clone.destination(), clone.length());
        }
        if (operation instanceof Fsync) {
            return calls.fsync(fd);
        }
        return 0;
    }

    private Outcome outcome(OpenTarget open, Operation operation, long result, Stamp stamp) {
        if (operation instanceof Statx) {
            return told(open);
        }
        if (result < 0) {
            return new Outcome.Failed(new Errno((int) -result));
        }
        if (operation instanceof Read read) {
            return new Outcome.ReadBack(stamp.recognize(buffer.bytes().clear().limit((int) result), read.offset()));
        }
        return new Outcome.Returned(result);
    }

    private Outcome told(OpenTarget open) {
        Answer<StatxResult> answer = calls.statx(open.descriptor(Access.DIRECT));
        if (answer instanceof Answer.Given<StatxResult> given) {
            return new Outcome.Told(probe.size(open, given.value()), EnvironmentProbe.limits(given.value()));
        }
        return new Outcome.Failed(new Errno(-((Answer.Refused<StatxResult>) answer).result()));
    }

    /** Make a device read as zeros wherever the trace looks. */
    private void zero(OpenTarget open, Trace trace, long size) {
        trace.footprint().forEach((from, to) -> {
            for (long at = from; at < Math.min(to, size); at += zeros.size()) {
                int length = (int) Math.min(zeros.size(), Math.min(to, size) - at);
                Write write = Write.plain(Access.DIRECT, at, length);
                long result = kernel.write(open.descriptor(Access.DIRECT), zeros, write);
                if (result != length) {
                    throw new AgentException("zeroing " + target + ", " + write + ", returned " + result);
                }
            }
        });
    }

    private List<Extent> extents(OpenTarget open) {
        if (target.isFile()
                && Extents.of(open.descriptor(Access.DIRECT), 0) instanceof Answer.Given<List<FileExtent>> given) {
            return given.value().stream()
                    .map(extent -> new Extent(extent.logical(), extent.physical(), extent.length(), extent.flags()))
                    .toList();
        }
        return List.of();
    }

    @Override
    public void close() {
        zeros.close();
        buffer.close();
    }
}
