package io.untorn.agent;

import io.untorn.agent.linux.Answer;
import io.untorn.agent.linux.IoVectors;
import io.untorn.agent.linux.LibC;
import io.untorn.agent.linux.Statx;
import io.untorn.agent.linux.StatxResult;
import io.untorn.model.Read;
import io.untorn.model.Split;
import io.untorn.model.Write;
import java.util.List;

/** The running kernel's own system calls. */
final class KernelCalls implements SystemCalls, AutoCloseable {
    private final IoVectors segments = new IoVectors(Split.TOO_MANY.lengths(0).size());

    @Override
    public long write(int fd, long data, Write write) {
        List<Integer> lengths = write.split().lengths(write.length());
        long address = data;
        for (int i = 0; i < lengths.size(); i++) {
            segments.set(i, address, lengths.get(i));
            address += lengths.get(i);
        }
        return LibC.pwritev2(
                fd,
                segments.address(),
                lengths.size(),
                write.offset(),
                write.flags().bits());
    }

    @Override
    public long read(int fd, long data, Read read) {
        segments.set(0, data, read.length());
        return LibC.preadv2(
                fd, segments.address(), 1, read.offset(), read.flags().bits());
    }

    @Override
    public Answer<StatxResult> statx(int fd) {
        return Statx.of(fd);
    }

    @Override
    public void close() {
        segments.close();
    }
}
