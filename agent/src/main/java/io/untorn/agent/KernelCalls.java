package io.untorn.agent;

import io.untorn.agent.linux.AlignedBuffer;
import io.untorn.agent.linux.Answer;
import io.untorn.agent.linux.IoVectors;
import io.untorn.agent.linux.Ioctls;
import io.untorn.agent.linux.LibC;
import io.untorn.agent.linux.Statx;
import io.untorn.agent.linux.StatxResult;
import io.untorn.agent.linux.Uapi;
import io.untorn.model.Operation.Write;
import java.util.List;

/** The running kernel's own system calls. */
final class KernelCalls implements SystemCalls {
    private final IoVectors segments = new IoVectors(2);

    @Override
    public long write(int fd, AlignedBuffer data, Write write) {
        List<Integer> lengths = write.segmentLengths();
        long address = data.address();
        for (int i = 0; i < lengths.size(); i++) {
            segments.set(i, address, lengths.get(i));
            address += lengths.get(i);
        }
        return LibC.pwritev2(
                fd, segments.address(), lengths.size(), write.offset(), write.atomic() ? Uapi.RWF_ATOMIC : 0);
    }

    @Override
    public long read(int fd, AlignedBuffer data, int length, long offset) {
        segments.set(0, data.address(), length);
        return LibC.preadv2(fd, segments.address(), 1, offset, 0);
    }

    @Override
    public long truncate(int fd, long size) {
        return LibC.ftruncate(fd, size);
    }

    @Override
    public long fsync(int fd) {
        return LibC.fsync(fd);
    }

    @Override
    public long allocate(int fd, long offset, long length) {
        return LibC.fallocate(fd, 0, offset, length);
    }

    @Override
    public long punchHole(int fd, long offset, long length) {
        return LibC.fallocate(fd, Uapi.FALLOC_FL_PUNCH_HOLE | Uapi.FALLOC_FL_KEEP_SIZE, offset, length);
    }

    @Override
    public long cloneRange(int fd, long source, long destination, long length) {
        return Ioctls.cloneRange(fd, source, length, fd, destination);
    }

    @Override
    public Answer<StatxResult> statx(int fd) {
        return Statx.of(fd);
    }
}
