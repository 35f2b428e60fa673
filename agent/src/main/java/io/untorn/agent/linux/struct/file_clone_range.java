package io.untorn.agent.linux.struct;

import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/** The argument of {@code FICLONERANGE}; places and lengths in bytes. */
@SuppressWarnings("MemberName")
@FieldOrder({"src_fd", "src_offset", "src_length", "dest_offset"})
public final class file_clone_range extends Structure {
    public long src_fd;
    public long src_offset;
    public long src_length;
    public long dest_offset;

    public file_clone_range() {}

    /** Lay the structure over memory that the caller owns, without reading it. */
    public file_clone_range(Pointer memory) {
        super(memory);
    }
}
