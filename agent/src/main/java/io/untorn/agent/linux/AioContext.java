package io.untorn.agent.linux;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.untorn.agent.linux.struct.io_event;
import io.untorn.agent.linux.struct.iocb;
import java.time.Duration;

/**
 * Own an AIO context, what libaio is a wrapper of, and send it one request at a time. Not for use by several threads at
 * once.
 */
public final class AioContext implements AutoCloseable {
    private static final String NAME = "libaio";
    private static final iocb IOCB = new iocb();
    private static final int RW_FLAGS = IOCB.offsetOf("aio_rw_flags");
    private static final int OPCODE = IOCB.offsetOf("aio_lio_opcode");
    private static final int FD = IOCB.offsetOf("aio_fildes");
    private static final int BUF = IOCB.offsetOf("aio_buf");
    private static final int NBYTES = IOCB.offsetOf("aio_nbytes");
    private static final int OFFSET = IOCB.offsetOf("aio_offset");
    private static final io_event EVENT = new io_event();
    private static final int RES = EVENT.offsetOf("res");

    private final long context;
    private final Deadline deadline = new Deadline(Duration.ofSeconds(30));
    private final AlignedBuffer request = AlignedBuffer.allocate(IOCB.size(), Long.BYTES);
    private final AlignedBuffer requests = AlignedBuffer.allocate(Long.BYTES, Long.BYTES);
    private final AlignedBuffer event = AlignedBuffer.allocate(EVENT.size(), Long.BYTES);

    private AioContext(long context) {
        this.context = context;
        requests.bytes().putLong(0, request.address());
    }

    /** Make a context. {@code ENOSYS} is from a kernel without AIO. */
    public static Answer<AioContext> open() {
        try (Memory memory = new Memory(Long.BYTES)) {
            memory.clear();
            int result = (int) LibC.syscall(Uapi.SYS_io_setup, 1, Pointer.nativeValue(memory), 0, 0, 0, 0);
            return result < 0 ? new Answer.Refused<>(result) : new Answer.Given<>(new AioContext(memory.getLong(0)));
        }
    }

    /**
     * Have a write done and wait for it.
     *
     * @param opcode {@code IOCB_CMD_PWRITE} or {@code IOCB_CMD_PWRITEV}
     * @param address of the data, or of the segments
     * @param length bytes of data, or how many segments
     * @param offset in bytes
     * @param flags {@code RWF_*}
     * @return how many bytes were written, or a negated errno, be it of {@code io_submit} or of the write
     * @throws NoCompletionException if it does not complete within 30 s; the context is of no use then
     */
    public long write(int opcode, int file, long address, int length, long offset, int flags)
            throws NoCompletionException {
        request.bytes()
                .clear()
                .put(new byte[request.size()])
                .putInt(RW_FLAGS, flags)
                .putShort(OPCODE, (short) opcode)
                .putInt(FD, file)
                .putLong(BUF, address)
                .putLong(NBYTES, length)
                .putLong(OFFSET, offset);
        long submitted = LibC.syscall(Uapi.SYS_io_submit, context, 1, requests.address(), 0, 0, 0);
        if (submitted < 0) {
            return submitted;
        }
        deadline.begin();
        while (LibC.syscall(Uapi.SYS_io_getevents, context, 1, 1, event.address(), deadline.address(), 0) != 1) {
            deadline.check(NAME);
        }
        return event.bytes().getLong(RES);
    }

    @Override
    public void close() {
        LibC.syscall(Uapi.SYS_io_destroy, context, 0, 0, 0, 0, 0);
        event.close();
        requests.close();
        request.close();
        deadline.close();
    }
}
