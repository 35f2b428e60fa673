package io.untorn.agent.linux.struct;

import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/** The argument of {@code setrlimit}: the limit that holds, and how far it may be raised. */
@SuppressWarnings("MemberName")
@FieldOrder({"rlim_cur", "rlim_max"})
public final class rlimit extends Structure {
    public long rlim_cur;
    public long rlim_max;

    public rlimit() {}

    /** Lay the structure over memory that the caller owns, without reading it. */
    public rlimit(Pointer memory) {
        super(memory);
    }
}
