package io.untorn.agent.linux.struct;

import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;

/**
 * What {@code statx} reports about a file, as of Linux 6.16. An older kernel leaves the fields it does not know zero.
 */
@SuppressWarnings("MemberName")
@FieldOrder({
    "stx_mask",
    "stx_blksize",
    "stx_attributes",
    "stx_nlink",
    "stx_uid",
    "stx_gid",
    "stx_mode",
    "__spare0",
    "stx_ino",
    "stx_size",
    "stx_blocks",
    "stx_attributes_mask",
    "stx_atime",
    "stx_btime",
    "stx_ctime",
    "stx_mtime",
    "stx_rdev_major",
    "stx_rdev_minor",
    "stx_dev_major",
    "stx_dev_minor",
    "stx_mnt_id",
    "stx_dio_mem_align",
    "stx_dio_offset_align",
    "stx_subvol",
    "stx_atomic_write_unit_min",
    "stx_atomic_write_unit_max",
    "stx_atomic_write_segments_max",
    "stx_dio_read_offset_align",
    "stx_atomic_write_unit_max_opt",
    "__spare2",
    "__spare3"
})
public final class statx extends Structure {
    public int stx_mask;
    public int stx_blksize;
    public long stx_attributes;
    public int stx_nlink;
    public int stx_uid;
    public int stx_gid;
    public short stx_mode;
    public short[] __spare0 = new short[1];
    public long stx_ino;
    public long stx_size;
    public long stx_blocks;
    public long stx_attributes_mask;
    public statx_timestamp stx_atime;
    public statx_timestamp stx_btime;
    public statx_timestamp stx_ctime;
    public statx_timestamp stx_mtime;
    public int stx_rdev_major;
    public int stx_rdev_minor;
    public int stx_dev_major;
    public int stx_dev_minor;
    public long stx_mnt_id;
    public int stx_dio_mem_align;
    public int stx_dio_offset_align;
    public long stx_subvol;
    public int stx_atomic_write_unit_min;
    public int stx_atomic_write_unit_max;
    public int stx_atomic_write_segments_max;
    public int stx_dio_read_offset_align;
    public int stx_atomic_write_unit_max_opt;
    public int[] __spare2 = new int[1];
    public long[] __spare3 = new long[8];

    /** Return where in the structure a field starts, in bytes. */
    public int offsetOf(String field) {
        return fieldOffset(field);
    }
}
