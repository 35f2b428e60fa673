package io.untorn.agent.linux.struct;

import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/** What {@code statfs} reports of a file system, on 64-bit machines. */
@SuppressWarnings("MemberName")
@FieldOrder({
    "f_type",
    "f_bsize",
    "f_blocks",
    "f_bfree",
    "f_bavail",
    "f_files",
    "f_ffree",
    "f_fsid",
    "f_namelen",
    "f_frsize",
    "f_flags",
    "f_spare"
})
public final class statfs extends Structure {
    public long f_type;
    public long f_bsize;
    public long f_blocks;
    public long f_bfree;
    public long f_bavail;
    public long f_files;
    public long f_ffree;
    public long f_fsid;
    public long f_namelen;
    public long f_frsize;
    public long f_flags;
    public long[] f_spare = new long[4];

    public statfs() {}

    /** Lay the structure over memory that the caller owns, without reading it. */
    public statfs(Pointer memory) {
        super(memory);
    }
}
