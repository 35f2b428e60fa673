package io.untorn.agent.linux.struct;

import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/** Where in the memory of a completion ring its parts lie, in bytes. */
@SuppressWarnings("MemberName")
@FieldOrder({"head", "tail", "ring_mask", "ring_entries", "overflow", "cqes", "flags", "resv1", "user_addr"})
public final class io_cqring_offsets extends Structure {
    public int head;
    public int tail;
    public int ring_mask;
    public int ring_entries;
    public int overflow;
    public int cqes;
    public int flags;
    public int resv1;
    public long user_addr;
}
