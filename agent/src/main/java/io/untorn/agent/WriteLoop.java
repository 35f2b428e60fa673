package io.untorn.agent;

import io.untorn.agent.linux.AlignedBuffer;
import io.untorn.agent.linux.IoVectors;
import io.untorn.agent.linux.LibC;
import io.untorn.agent.protocol.AgentException;
import io.untorn.agent.protocol.Reply;
import io.untorn.agent.protocol.Request;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.RwFlag;
import java.util.SplittableRandom;

/** Overwrites a block atomically at random places, with nothing but the system call. */
final class WriteLoop implements AutoCloseable {
    /** Writes between two reads of the clock. */
    private static final int BATCH = 64;

    private final int descriptor;
    private final Request.LoopWrites asked;
    private final SplittableRandom random;
    private final AlignedBuffer data;
    private final IoVectors segment = new IoVectors(1);

    WriteLoop(OpenTarget open, Request.LoopWrites asked) {
        this.asked = asked;
        descriptor = open.descriptor(Access.DIRECT);
        random = new SplittableRandom(asked.seed());
        data = AlignedBuffer.allocate(asked.length(), Buffer.PAGE);
        segment.set(0, data.address(), asked.length());
    }

    /** Write all of the range once, then, after a time for warming up, for the time asked for. */
    Reply.LoopedWrites run() {
        for (long at = 0; at < asked.span(); at += asked.length()) {
            write(at, 0);
        }
        long limit = asked.milliseconds() * 1_000_000L;
        writeFor(limit / 4);
        return writeFor(limit);
    }

    private Reply.LoopedWrites writeFor(long nanos) {
        long blocks = asked.span() / asked.length();
        long writes = 0;
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            for (int i = 0; i < BATCH; i++) {
                write(random.nextLong(blocks) * asked.length(), RwFlag.ATOMIC.bit());
            }
            writes += BATCH;
        }
        return new Reply.LoopedWrites(writes, System.nanoTime() - start);
    }

    private void write(long offset, int flags) {
        long result = LibC.pwritev2(descriptor, segment.address(), 1, offset, flags);
        if (result != asked.length()) {
            throw new AgentException("a write of " + asked.length() + " bytes at " + offset + " with flags 0x"
                    + Integer.toHexString(flags) + " returned " + result);
        }
    }

    @Override
    public void close() {
        segment.close();
        data.close();
    }
}
