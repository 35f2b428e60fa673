package io.untorn.agent.linux.struct;

import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/** A request to a ring. Of fields that share a place the one that a write uses is here. */
@SuppressWarnings("MemberName")
@FieldOrder({
    "opcode",
    "flags",
    "ioprio",
    "fd",
    "off",
    "addr",
    "len",
    "rw_flags",
    "user_data",
    "buf_index",
    "personality",
    "splice_fd_in",
    "addr3",
    "__pad2"
})
public final class io_uring_sqe extends Structure {
    public byte opcode;
    public byte flags;
    public short ioprio;
    public int fd;
    public long off;
    public long addr;
    public int len;
    public int rw_flags;
    public long user_data;
    public short buf_index;
    public short personality;
    public int splice_fd_in;
    public long addr3;
    public long[] __pad2 = new long[1];

    /** Return where in the structure a field starts, in bytes. */
    public int offsetOf(String field) {
        return fieldOffset(field);
    }
}
