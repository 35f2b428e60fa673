package io.untorn.agent.linux.struct;

import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/** The argument of {@code FS_IOC_FSGETXATTR} and {@code FS_IOC_FSSETXATTR}; sizes in bytes. */
@SuppressWarnings("MemberName")
@FieldOrder({"fsx_xflags", "fsx_extsize", "fsx_nextents", "fsx_projid", "fsx_cowextsize", "fsx_pad"})
public final class fsxattr extends Structure {
    public int fsx_xflags;
    public int fsx_extsize;
    public int fsx_nextents;
    public int fsx_projid;
    public int fsx_cowextsize;
    public byte[] fsx_pad = new byte[8];

    public fsxattr() {}

    /** Lay the structure over memory that the caller owns, without reading it. */
    public fsxattr(Pointer memory) {
        super(memory);
    }
}
