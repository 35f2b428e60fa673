package io.untorn.agent.linux.struct;

import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/** A request to an AIO context, as a little-endian machine lays it out. */
@SuppressWarnings("MemberName")
@FieldOrder({
    "aio_data",
    "aio_key",
    "aio_rw_flags",
    "aio_lio_opcode",
    "aio_reqprio",
    "aio_fildes",
    "aio_buf",
    "aio_nbytes",
    "aio_offset",
    "aio_reserved2",
    "aio_flags",
    "aio_resfd"
})
public final class iocb extends Structure {
    public long aio_data;
    public int aio_key;
    public int aio_rw_flags;
    public short aio_lio_opcode;
    public short aio_reqprio;
    public int aio_fildes;
    public long aio_buf;
    public long aio_nbytes;
    public long aio_offset;
    public long aio_reserved2;
    public int aio_flags;
    public int aio_resfd;

    /** Return where in the structure a field starts, in bytes. */
    public int offsetOf(String field) {
        return fieldOffset(field);
    }
}
