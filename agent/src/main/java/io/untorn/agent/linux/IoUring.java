package io.untorn.agent.linux;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.untorn.agent.linux.struct.io_uring_cqe;
import io.untorn.agent.linux.struct.io_uring_getevents_arg;
import io.untorn.agent.linux.struct.io_uring_params;
import io.untorn.agent.linux.struct.io_uring_sqe;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;

/**
 * Own an io_uring(7), by its system calls alone, and send it requests, one or several at once. Needs Linux 5.11. Not for use by
 * several threads at once.
 */
public final class IoUring implements AutoCloseable {
    private static final String NAME = "io_uring";
    private static final io_uring_sqe SQE = new io_uring_sqe();
    private static final int SQE_SIZE = SQE.size();
    private static final int OPCODE = SQE.offsetOf("opcode");
    private static final int FD = SQE.offsetOf("fd");
    private static final int OFF = SQE.offsetOf("off");
    private static final int ADDR = SQE.offsetOf("addr");
    private static final int LEN = SQE.offsetOf("len");
    private static final int RW_FLAGS = SQE.offsetOf("rw_flags");
    private static final int SQE_DATA = SQE.offsetOf("user_data");
    private static final io_uring_cqe CQE = new io_uring_cqe();
    private static final int CQE_SIZE = CQE.size();
    private static final int USER_DATA = CQE.offsetOf("user_data");
    private static final int RES = CQE.offsetOf("res");
    private static final io_uring_getevents_arg WAIT = new io_uring_getevents_arg();
    private static final int PARAMS_SIZE = new io_uring_params().size();
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private final int fd;
    private final io_uring_params made;
    private final Mapping rings;
    private final Mapping requests;
    private final Deadline deadline = new Deadline(Duration.ofSeconds(30));
    private final AlignedBuffer wait = AlignedBuffer.allocate(WAIT.size(), Long.BYTES);

    /** Memory that is shared with the kernel. */
    private record Mapping(long address, long length, ByteBuffer bytes) {
        static Mapping of(int fd, long offset, long length) {
            long address = LibC.mmap(0, length, Uapi.PROT_READ | Uapi.PROT_WRITE, Uapi.MAP_SHARED, fd, offset);
            if (address < 0) {
                throw new OutOfMemoryError("a ring of " + length + " bytes can't be mapped: errno " + -address);
            }
            return new Mapping(
                    address,
                    length,
                    new Pointer(address).getByteBuffer(0, length).order(ByteOrder.nativeOrder()));
        }

        void unmap() {
            LibC.munmap(address, length);
        }
    }

    private IoUring(int fd, io_uring_params made) {
        this.fd = fd;
        this.made = made;
        long submissions = made.sq_off.array + (long) made.sq_entries * Integer.BYTES;
        long completions = made.cq_off.cqes + (long) made.cq_entries * CQE_SIZE;
        rings = Mapping.of(fd, Uapi.IORING_OFF_SQ_RING, Math.max(submissions, completions));
        requests = Mapping.of(fd, Uapi.IORING_OFF_SQES, (long) made.sq_entries * SQE_SIZE);
        wait.bytes().put(new byte[wait.size()]).putLong(WAIT.offsetOf("ts"), deadline.address());
    }

    /**
     * Make a ring. {@code ENOSYS} is from a kernel without io_uring, {@code EPERM} from one where it is switched off.
     *
     * @param most how many requests there may be at once
     */
    public static Answer<IoUring> open(int most) {
        try (Memory memory = new Memory(PARAMS_SIZE)) {
            memory.clear();
            long fd = LibC.syscall(Uapi.SYS_io_uring_setup, most, Pointer.nativeValue(memory), 0, 0, 0, 0);
            if (fd < 0) {
                return new Answer.Refused<>((int) fd);
            }
            io_uring_params made = new io_uring_params(memory);
            made.read();
            return new Answer.Given<>(new IoUring((int) fd, made));
        }
    }

    /**
     * Register memory as the buffer with index 0, from which {@code IORING_OP_WRITE_FIXED} writes.
     *
     * @param segment the address of one segment, {@link IoVectors#address()}
     * @return 0 or a negated errno
     */
    public int register(long segment) {
        return (int) LibC.syscall(Uapi.SYS_io_uring_register, fd, Uapi.IORING_REGISTER_BUFFERS, segment, 1, 0, 0);
    }

    /**
     * Have writes done and wait for them, as many by one call as the kernel takes.
     *
     * @param file the descriptor
     * @param requests at least one; the opcodes are {@code IORING_OP_WRITE}, {@code IORING_OP_WRITEV} or {@code
     *     IORING_OP_WRITE_FIXED}
     * @return for each how many bytes were written, or a negated errno
     * @throws NoCompletionException if one does not complete within 30 s; the ring is of no use then
     */
    public long[] write(int file, WriteRequest... requests) throws NoCompletionException {
        int first = load(made.sq_off.tail);
        int mask = load(made.sq_off.ring_mask);
        for (int i = 0; i < requests.length; i++) {
            int entry = (first + i) & mask;
            put(entry, i, file, requests[i]);
            rings.bytes.putInt(made.sq_off.array + entry * Integer.BYTES, entry);
        }
        int end = first + requests.length;
        store(made.sq_off.tail, end);
        long[] results = new long[requests.length];
        deadline.begin();
        for (int missing = requests.length; missing > 0; ) {
            int head = load(made.cq_off.head);
            if (head != load(made.cq_off.tail)) {
                int place = made.cq_off.cqes + (head & load(made.cq_off.ring_mask)) * CQE_SIZE;
                results[(int) rings.bytes.getLong(place + USER_DATA)] = rings.bytes.getInt(place + RES);
                store(made.cq_off.head, head + 1);
                missing--;
                continue;
            }
            int taken = load(made.sq_off.head);
            long result = enter(end - taken);
            if (result < 0 && load(made.sq_off.head) == taken && taken != end) {
                store(made.sq_off.tail, taken);
                Arrays.fill(results, taken - first, requests.length, result);
                missing -= end - taken;
                end = taken;
            }
            deadline.check(NAME);
        }
        return results;
    }

    /** Hand over requests, and wait until one is complete. */
    private long enter(int waiting) {
        return LibC.syscall(
                Uapi.SYS_io_uring_enter,
                fd,
                waiting,
                1,
                Uapi.IORING_ENTER_GETEVENTS | Uapi.IORING_ENTER_EXT_ARG,
                wait.address(),
                wait.size());
    }

    private void put(int entry, int number, int file, WriteRequest request) {
        requests.bytes
                .clear()
                .position(entry * SQE_SIZE)
                .put(new byte[SQE_SIZE])
                .position(entry * SQE_SIZE)
                .slice()
                .order(requests.bytes.order())
                .put(OPCODE, (byte) request.opcode())
                .putInt(FD, file)
                .putLong(OFF, request.offset())
                .putLong(ADDR, request.address())
                .putInt(LEN, request.length())
                .putInt(RW_FLAGS, request.flags())
                .putLong(SQE_DATA, number);
    }

    private int load(int offset) {
        return (int) INT.getAcquire(rings.bytes, offset);
    }

    private void store(int offset, int value) {
        INT.setRelease(rings.bytes, offset, value);
    }

    @Override
    public void close() {
        requests.unmap();
        rings.unmap();
        LibC.close(fd);
        wait.close();
        deadline.close();
    }
}
