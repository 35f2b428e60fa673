package io.untorn.agent.linux.struct;

import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/** A point in time inside {@link statx}. */
@SuppressWarnings("MemberName")
@FieldOrder({"tv_sec", "tv_nsec", "__reserved"})
public final class statx_timestamp extends Structure {
    public long tv_sec;
    public int tv_nsec;
    public int __reserved;
}
