package io.untorn.agent.linux.struct;

import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/** One segment of a vectored read or write. Pointers are plain addresses, so that a bad one can be passed too. */
@SuppressWarnings("MemberName")
@FieldOrder({"iov_base", "iov_len"})
public final class iovec extends Structure {
    public long iov_base;
    public long iov_len;

    /** Return where in the structure a field starts, in bytes. */
    public int offsetOf(String field) {
        return fieldOffset(field);
    }
}
