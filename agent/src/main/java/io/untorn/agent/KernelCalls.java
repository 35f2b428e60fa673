package io.untorn.agent;

import io.untorn.agent.linux.AioContext;
import io.untorn.agent.linux.Answer;
import io.untorn.agent.linux.GuardedMemory;
import io.untorn.agent.linux.GuestCallException;
import io.untorn.agent.linux.IoUring;
import io.untorn.agent.linux.IoVectors;
import io.untorn.agent.linux.LibC;
import io.untorn.agent.linux.NoCompletionException;
import io.untorn.agent.linux.PinnedPages;
import io.untorn.agent.linux.SpaceUsed;
import io.untorn.agent.linux.StatxCall;
import io.untorn.agent.linux.StatxResult;
import io.untorn.agent.linux.Uapi;
import io.untorn.agent.linux.WriteRequest;
import io.untorn.agent.protocol.AgentException;
import io.untorn.agent.protocol.MissingFacility;
import io.untorn.agent.protocol.Reply;
import io.untorn.model.history.Errno;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Split;
import io.untorn.model.operation.Statx.Via;
import io.untorn.model.operation.Write;
import io.untorn.model.target.Facility;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The running kernel's own system calls. */
final class KernelCalls implements SystemCalls, AutoCloseable {
    private static final Duration CHECK_LIMIT = Duration.ofMinutes(2);

    private final IoVectors segments = new IoVectors(Split.TOO_MANY.lengths(0).size());
    private final Answer<IoUring> ring;
    private final Answer<AioContext> context;

    /**
     * Make a ring and an AIO context, if the kernel gives any.
     *
     * @param memory where registered buffers lie: all of it is one
     */
    KernelCalls(GuardedMemory memory) {
        ring = IoUring.open(Batch.MAX_REQUESTS);
        context = AioContext.open(Batch.MAX_REQUESTS);
        if (ring instanceof Answer.Given<IoUring> given) {
            segments.set(0, memory.address(), memory.size());
            int result = given.value().register(segments.address());
            if (result < 0) {
                throw new AgentException("io_uring_register of " + memory.size() + " bytes failed: " + words(result));
            }
        }
    }

    /** Return what this kernel can't do. */
    List<MissingFacility> lacks() {
        List<MissingFacility> lacks = new ArrayList<>();
        if (ring instanceof Answer.Refused<IoUring> refused) {
            lacks.add(new MissingFacility(Facility.IO_URING, "io_uring_setup failed: " + words(refused.result())));
        }
        if (context instanceof Answer.Refused<AioContext> refused) {
            lacks.add(new MissingFacility(Facility.LIBAIO, "io_setup failed: " + words(refused.result())));
        }
        return lacks;
    }

    private static String words(int result) {
        return new Errno(-result).toString();
    }

    @Override
    public long write(int fd, long data, Write write) {
        List<Integer> lengths = write.split().lengths(write.length());
        long address = data;
        for (int i = 0; i < lengths.size(); i++) {
            segments.set(i, address, lengths.get(i));
            address += lengths.get(i);
        }
        boolean vectored = write.split() != Split.ONE;
        long start = vectored ? segments.address() : data;
        int length = vectored ? lengths.size() : write.length();
        int flags = write.flags().bits();
        return switch (write.engine()) {
            case PWRITEV2 -> LibC.pwritev2(fd, segments.address(), lengths.size(), write.offset(), flags);
            case IO_URING -> {
                int opcode = vectored ? Uapi.IORING_OP_WRITEV : Uapi.IORING_OP_WRITE;
                yield sent(fd, write, new WriteRequest(opcode, start, length, write.offset(), flags));
            }
            case IO_URING_FIXED -> {
                int opcode = Uapi.IORING_OP_WRITE_FIXED;
                yield sent(fd, write, new WriteRequest(opcode, data, write.length(), write.offset(), flags));
            }
            case LIBAIO -> {
                int opcode = vectored ? Uapi.IOCB_CMD_PWRITEV : Uapi.IOCB_CMD_PWRITE;
                yield sent(fd, write, new WriteRequest(opcode, start, length, write.offset(), flags));
            }
        };
    }

    private long sent(int fd, Write write, WriteRequest request) {
        return sent(fd, write, write.engine(), request)[0];
    }

    @Override
    public long[] writeAtOnce(int fd, long[] data, Batch batch) {
        List<Write> writes = batch.requests();
        WriteRequest[] requests = new WriteRequest[writes.size()];
        int opcode = batch.engine().isRing() ? Uapi.IORING_OP_WRITE : Uapi.IOCB_CMD_PWRITE;
        for (int i = 0; i < requests.length; i++) {
            Write write = writes.get(i);
            requests[i] = new WriteRequest(
                    opcode,
                    data[i],
                    write.length(),
                    write.offset(),
                    write.flags().bits());
        }
        return sent(fd, batch, batch.engine(), requests);
    }

    private long[] sent(int fd, Operation operation, Engine engine, WriteRequest... requests) {
        try {
            return engine.isRing()
                    ? given(ring, engine).write(fd, requests)
                    : given(context, engine).write(fd, requests);
        } catch (NoCompletionException e) {
            throw new UnansweredException(e.getMessage() + ": " + operation);
        }
    }

    private static <T> T given(Answer<T> answer, Engine engine) {
        if (answer instanceof Answer.Given<T> given) {
            return given.value();
        }
        throw new AgentException("this kernel has no " + engine + ": " + words(((Answer.Refused<T>) answer).result()));
    }

    @Override
    public long read(int fd, long data, Read read) {
        segments.set(0, data, read.length());
        return LibC.preadv2(
                fd, segments.address(), 1, read.offset(), read.flags().bits());
    }

    @Override
    public long map(int fd, long offset, long length) {
        return LibC.mmap(0, length, Uapi.PROT_READ | Uapi.PROT_WRITE, Uapi.MAP_SHARED | Uapi.MAP_POPULATE, fd, offset);
    }

    @Override
    public Answer<StatxResult> statx(OpenTarget target, Via via) {
        return switch (via) {
            case DESCRIPTOR -> StatxCall.of(target.file().control());
            case PATH -> StatxCall.at(target.path());
            case O_PATH -> throughOpenPath(target.path());
            case LINK_FOLLOWED -> StatxCall.at(target.link());
            case LINK -> StatxCall.atLink(target.link());
            case DIRECTORY -> StatxCall.at(target.directory());
        };
    }

    private static Answer<StatxResult> throughOpenPath(String path) {
        int fd = LibC.open(path, Uapi.O_PATH | Uapi.O_CLOEXEC, 0);
        if (fd < 0) {
            return new Answer.Refused<>(fd);
        }
        try {
            return StatxCall.of(fd);
        } finally {
            LibC.close(fd);
        }
    }

    @Override
    public int mount(OpenTarget target, Remount remount) {
        try {
            if (!target.isFile()) {
                return target.file().reopen(target.file().mode());
            }
            if (remount.way() == Remount.Way.LIVE) {
                target.remount(remount.options());
            } else {
                target.mountAgain(remount.options());
            }
            return 0;
        } catch (GuestCallException e) {
            return -e.errno();
        }
    }

    @Override
    public long pinnedPages() {
        try {
            return PinnedPages.held();
        } catch (IOException e) {
            throw new AgentException("can't count pinned pages: " + e.getMessage(), e);
        }
    }

    @Override
    public SpaceUsed spaceUsed(PreparedTarget target) {
        if (target.mount().isEmpty()) {
            return new SpaceUsed(0, 0);
        }
        String directory = target.mount().get().directory();
        if (SpaceUsed.at(directory) instanceof Answer.Given<SpaceUsed> given) {
            return given.value();
        }
        throw new AgentException("statfs of " + directory + " failed");
    }

    @Override
    public Reply.ProgramEnded check(PreparedTarget target) {
        List<String> command = new ArrayList<>(target.check());
        command.add(target.mount().orElseThrow().device());
        try {
            return new GuestProcess(command).run(CHECK_LIMIT);
        } catch (IOException e) {
            throw new AgentException("can't run " + String.join(" ", command) + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AgentException(String.join(" ", command) + " was interrupted", e);
        }
    }

    @Override
    public void close() {
        if (ring instanceof Answer.Given<IoUring> given) {
            given.value().close();
        }
        if (context instanceof Answer.Given<AioContext> given) {
            given.value().close();
        }
        segments.close();
    }
}
