package io.untorn.agent;

import io.untorn.agent.linux.Answer;
import io.untorn.agent.linux.SpaceUsed;
import io.untorn.agent.linux.StatxResult;
import io.untorn.agent.protocol.Reply;
import io.untorn.model.history.Errno;
import io.untorn.model.history.Repeats;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.Statx.Via;
import io.untorn.model.operation.Write;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * System calls of which a write that may wait is repeated while it fails with EAGAIN, within a bound: a page could not be
 * dropped from the page cache, and that may pass (fs/iomap/direct-io.c, __iomap_dio_rw).
 */
final class PatientCalls implements SystemCalls {
    /** How long to wait before each repeat: 63 ms in all. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofMillis(1),
            Duration.ofMillis(2),
            Duration.ofMillis(4),
            Duration.ofMillis(8),
            Duration.ofMillis(16),
            Duration.ofMillis(32));

    private final SystemCalls calls;
    private int repeats;

    PatientCalls(SystemCalls calls) {
        this.calls = calls;
    }

    @Override
    public long write(int fd, long data, Write write) {
        return repeated(calls.write(fd, data, write), fd, data, write);
    }

    /** What is to be repeated is so alone. */
    @Override
    public long[] writeAtOnce(int fd, long[] data, Batch batch) {
        long[] results = calls.writeAtOnce(fd, data, batch);
        for (int i = 0; i < results.length; i++) {
            results[i] = repeated(results[i], fd, data[i], batch.requests().get(i));
        }
        return results;
    }

    private long repeated(long first, int fd, long data, Write write) {
        long result = first;
        if (write.flags().has(RwFlag.NOWAIT)) {
            return result;
        }
        for (int i = 0; i < PAUSES.size() && result == -Errno.EAGAIN.number(); i++) {
            LockSupport.parkNanos(PAUSES.get(i).toNanos());
            repeats++;
            result = calls.write(fd, data, write);
        }
        return result;
    }

    @Override
    public long read(int fd, long data, Read read) {
        return calls.read(fd, data, read);
    }

    @Override
    public long map(int fd, long offset, long length) {
        return calls.map(fd, offset, length);
    }

    @Override
    public Answer<StatxResult> statx(OpenTarget target, Via via) {
        return calls.statx(target, via);
    }

    @Override
    public int mount(OpenTarget target, Remount remount) {
        return calls.mount(target, remount);
    }

    @Override
    public long pinnedPages() {
        return calls.pinnedPages();
    }

    @Override
    public SpaceUsed spaceUsed(PreparedTarget target) {
        return calls.spaceUsed(target);
    }

    @Override
    public Reply.ProgramEnded check(PreparedTarget target) {
        return calls.check(target);
    }

    /** Return how many repeats there were since this was asked last. */
    Repeats takeRepeats() {
        Repeats taken = repeats == 0 ? Repeats.NONE : new Repeats(repeats);
        repeats = 0;
        return taken;
    }
}
