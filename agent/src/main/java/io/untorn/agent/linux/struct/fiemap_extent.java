package io.untorn.agent.linux.struct;

import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/** One extent in the answer to {@code FS_IOC_FIEMAP}; places and lengths in bytes. */
@SuppressWarnings("MemberName")
@FieldOrder({"fe_logical", "fe_physical", "fe_length", "fe_reserved64", "fe_flags", "fe_reserved"})
public final class fiemap_extent extends Structure {
    public long fe_logical;
    public long fe_physical;
    public long fe_length;
    public long[] fe_reserved64 = new long[2];
    public int fe_flags;
    public int[] fe_reserved = new int[3];

    /** Return where in the structure a field starts, in bytes. */
    public int offsetOf(String field) {
        return fieldOffset(field);
    }
}
