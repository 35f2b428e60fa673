package io.untorn.agent.linux.struct;

import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/** How {@code io_uring_enter} waits. The field at 12 was padding before Linux 6.12. */
@SuppressWarnings("MemberName")
@FieldOrder({"sigmask", "sigmask_sz", "min_wait_usec", "ts"})
public final class io_uring_getevents_arg extends Structure {
    public long sigmask;
    public int sigmask_sz;
    public int min_wait_usec;
    public long ts;

    /** Return where in the structure a field starts, in bytes. */
    public int offsetOf(String field) {
        return fieldOffset(field);
    }
}
