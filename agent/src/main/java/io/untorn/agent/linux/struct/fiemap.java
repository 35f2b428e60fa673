package io.untorn.agent.linux.struct;

import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/**
 * The argument of {@code FS_IOC_FIEMAP}, without the array {@code fm_extents} that follows it in memory: its length is
 * the caller's choice. The array starts at {@code size()}.
 */
@SuppressWarnings("MemberName")
@FieldOrder({"fm_start", "fm_length", "fm_flags", "fm_mapped_extents", "fm_extent_count", "fm_reserved"})
public final class fiemap extends Structure {
    public long fm_start;
    public long fm_length;
    public int fm_flags;
    public int fm_mapped_extents;
    public int fm_extent_count;
    public int fm_reserved;

    public fiemap() {}

    /** Return where in the structure a field starts, in bytes. */
    public int offsetOf(String field) {
        return fieldOffset(field);
    }
}
