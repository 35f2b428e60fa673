package io.untorn.agent.linux.struct;

import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/** What became of a request to an AIO context. */
@SuppressWarnings("MemberName")
@FieldOrder({"data", "obj", "res", "res2"})
public final class io_event extends Structure {
    public long data;
    public long obj;
    public long res;
    public long res2;

    /** Return where in the structure a field starts, in bytes. */
    public int offsetOf(String field) {
        return fieldOffset(field);
    }
}
