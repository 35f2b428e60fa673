package io.untorn.agent.linux.struct;

import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/** What became of a request to a ring. */
@SuppressWarnings("MemberName")
@FieldOrder({"user_data", "res", "flags"})
public final class io_uring_cqe extends Structure {
    public long user_data;
    public int res;
    public int flags;

    /** Return where in the structure a field starts, in bytes. */
    public int offsetOf(String field) {
        return fieldOffset(field);
    }
}
