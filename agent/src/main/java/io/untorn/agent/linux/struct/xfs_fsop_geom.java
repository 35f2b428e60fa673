package io.untorn.agent.linux.struct;

import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/**
 * What {@code XFS_IOC_FSGEOMETRY} reports of a file system. Later kernels turn some of what is reserved here into
 * fields.
 */
@SuppressWarnings("MemberName")
@FieldOrder({
    "blocksize",
    "rtextsize",
    "agblocks",
    "agcount",
    "logblocks",
    "sectsize",
    "inodesize",
    "imaxpct",
    "datablocks",
    "rtblocks",
    "rtextents",
    "logstart",
    "uuid",
    "sunit",
    "swidth",
    "version",
    "flags",
    "logsectsize",
    "rtsectsize",
    "dirblocksize",
    "logsunit",
    "sick",
    "checked",
    "reserved"
})
public final class xfs_fsop_geom extends Structure {
    public int blocksize;
    public int rtextsize;
    public int agblocks;
    public int agcount;
    public int logblocks;
    public int sectsize;
    public int inodesize;
    public int imaxpct;
    public long datablocks;
    public long rtblocks;
    public long rtextents;
    public long logstart;
    public byte[] uuid = new byte[16];
    public int sunit;
    public int swidth;
    public int version;
    public int flags;
    public int logsectsize;
    public int rtsectsize;
    public int dirblocksize;
    public int logsunit;
    public int sick;
    public int checked;
    public long[] reserved = new long[17];
}
