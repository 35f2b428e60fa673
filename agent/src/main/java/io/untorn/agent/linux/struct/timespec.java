package io.untorn.agent.linux.struct;

import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/** A time, in seconds and nanoseconds. */
@SuppressWarnings("MemberName")
@FieldOrder({"tv_sec", "tv_nsec"})
public final class timespec extends Structure {
    public long tv_sec;
    public long tv_nsec;

    /** Return where in the structure a field starts, in bytes. */
    public int offsetOf(String field) {
        return fieldOffset(field);
    }
}
