package io.untorn.agent.linux.struct;

import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/** What {@code io_uring_setup} is asked for, and what it made. */
@SuppressWarnings("MemberName")
@FieldOrder({
    "sq_entries",
    "cq_entries",
    "flags",
    "sq_thread_cpu",
    "sq_thread_idle",
    "features",
    "wq_fd",
    "resv",
    "sq_off",
    "cq_off"
})
public final class io_uring_params extends Structure {
    public int sq_entries;
    public int cq_entries;
    public int flags;
    public int sq_thread_cpu;
    public int sq_thread_idle;
    public int features;
    public int wq_fd;
    public int[] resv = new int[3];
    public io_sqring_offsets sq_off;
    public io_cqring_offsets cq_off;

    public io_uring_params() {}

    /** Lay the structure over memory that the caller owns, without reading it. */
    public io_uring_params(Pointer memory) {
        super(memory);
    }
}
