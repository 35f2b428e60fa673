package io.untorn.agent.linux.struct;

import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/** Where in the memory of a submission ring its parts lie, in bytes. */
@SuppressWarnings("MemberName")
@FieldOrder({"head", "tail", "ring_mask", "ring_entries", "flags", "dropped", "array", "resv1", "user_addr"})
public final class io_sqring_offsets extends Structure {
    public int head;
    public int tail;
    public int ring_mask;
    public int ring_entries;
    public int flags;
    public int dropped;
    public int array;
    public int resv1;
    public long user_addr;
}
