package io.untorn.agent.linux;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.untorn.agent.linux.struct.io_event;
import io.untorn.agent.linux.struct.iocb;
import java.time.Duration;

/**
 * Own an AIO context, what libaio is a wrapper of, and send it requests, one or several at once. Not for use by several threads at
 * once.
 */
public final class AioContext implements AutoCloseable {
    private static final String NAME = "libaio";
    private static final iocb IOCB = new iocb();
    private static final int IOCB_DATA = IOCB.offsetOf("aio_data");
    private static final int RW_FLAGS = IOCB.offsetOf("aio_rw_flags");
    private static final int OPCODE = IOCB.offsetOf("aio_lio_opcode");
    private static final int FD = IOCB.offsetOf("aio_fildes");
    private static final int BUF = IOCB.offsetOf("aio_buf");
    private static final int NBYTES = IOCB.offsetOf("aio_nbytes");
    private static final int OFFSET = IOCB.offsetOf("aio_offset");
    private static final io_event EVENT = new io_event();
    private static final int DATA = EVENT.offsetOf("data");
    private static final int RES = EVENT.offsetOf("res");

    private final long context;
    private final int most;
    private final Deadline deadline = new Deadline(Duration.ofSeconds(30));
    private final AlignedBuffer iocbs;
    private final AlignedBuffer pointers;
    private final AlignedBuffer event = AlignedBuffer.allocate(EVENT.size(), Long.BYTES);

    private AioContext(long context, int most) {
        this.context = context;
        this.most = most;
        iocbs = AlignedBuffer.allocate(most * IOCB.size(), Long.BYTES);
        pointers = AlignedBuffer.allocate(most * Long.BYTES, Long.BYTES);
        for (int i = 0; i < most; i++) {
            pointers.bytes().putLong(i * Long.BYTES, iocbs.address() + (long) i * IOCB.size());
        }
    }

    /**
     * Make a context. {@code ENOSYS} is from a kernel without AIO.
     *
     * @param most how many requests there may be at once
     */
    public static Answer<AioContext> open(int most) {
        try (Memory memory = new Memory(Long.BYTES)) {
            memory.clear();
            int result = (int) LibC.syscall(Uapi.SYS_io_setup, most, Pointer.nativeValue(memory), 0, 0, 0, 0);
            return result < 0
                    ? new Answer.Refused<>(result)
                    : new Answer.Given<>(new AioContext(memory.getLong(0), most));
        }
    }

    /**
     * Have writes done and wait for them, as many by one call as the kernel takes.
     *
     * @param file the descriptor
     * @param requests at least one; the opcodes are {@code IOCB_CMD_PWRITE} or {@code IOCB_CMD_PWRITEV}
     * @return for each how many bytes were written, or a negated errno, be it of {@code io_submit} or of the write
     * @throws NoCompletionException if one does not complete within 30 s; the context is of no use then
     */
    public long[] write(int file, WriteRequest... requests) throws NoCompletionException {
        if (requests.length > most) {
            throw new IllegalArgumentException(requests.length + " requests, more than " + most);
        }
        iocbs.bytes().clear().put(new byte[iocbs.size()]);
        for (int i = 0; i < requests.length; i++) {
            put(i, file, requests[i]);
        }
        long[] results = new long[requests.length];
        int waiting = 0;
        for (int next = 0; next < requests.length; ) {
            long submitted = LibC.syscall(
                    Uapi.SYS_io_submit,
                    context,
                    requests.length - next,
                    pointers.address() + (long) next * Long.BYTES,
                    0,
                    0,
                    0);
            if (submitted > 0) {
                waiting += (int) submitted;
                next += (int) submitted;
            } else {
                results[next++] = submitted;
            }
        }
        deadline.begin();
        while (waiting > 0) {
            if (LibC.syscall(Uapi.SYS_io_getevents, context, 1, 1, event.address(), deadline.address(), 0) == 1) {
                results[(int) event.bytes().getLong(DATA)] = event.bytes().getLong(RES);
                waiting--;
            } else {
                deadline.check(NAME);
            }
        }
        return results;
    }

    private void put(int at, int file, WriteRequest request) {
        iocbs.bytes()
                .position(at * IOCB.size())
                .slice()
                .order(iocbs.bytes().order())
                .putLong(IOCB_DATA, at)
                .putInt(RW_FLAGS, request.flags())
                .putShort(OPCODE, (short) request.opcode())
                .putInt(FD, file)
                .putLong(BUF, request.address())
                .putLong(NBYTES, request.length())
                .putLong(OFFSET, request.offset());
    }

    @Override
    public void close() {
        LibC.syscall(Uapi.SYS_io_destroy, context, 0, 0, 0, 0, 0);
        event.close();
        pointers.close();
        iocbs.close();
        deadline.close();
    }
}
