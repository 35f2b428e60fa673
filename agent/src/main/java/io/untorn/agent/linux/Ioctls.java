package io.untorn.agent.linux;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.untorn.agent.linux.struct.file_clone_range;
import io.untorn.agent.linux.struct.fsxattr;
import io.untorn.agent.linux.struct.xfs_fsop_geom;

/** The ioctls that take or give more than a number. All fail with a negated errno. */
public final class Ioctls {
    private static final int CLONE_RANGE_SIZE = new file_clone_range().size();
    private static final int EXTENDED_ATTRIBUTES_SIZE = new fsxattr().size();

    private Ioctls() {}

    /**
     * Make a range of one file share the extents of another's; offsets and length in bytes, length 0 for all up to the
     * source's end.
     *
     * @return 0 or a negated errno
     */
    public static int cloneRange(
            int sourceFd, long sourceOffset, long length, int destinationFd, long destinationOffset) {
        try (Memory memory = new Memory(CLONE_RANGE_SIZE)) {
            file_clone_range range = new file_clone_range(memory);
            range.src_fd = sourceFd;
            range.src_offset = sourceOffset;
            range.src_length = length;
            range.dest_offset = destinationOffset;
            range.write();
            return LibC.ioctl(destinationFd, Uapi.FICLONERANGE, Pointer.nativeValue(memory));
        }
    }

    /**
     * Set some of a file's attribute flags.
     *
     * @param among the flags that may be set: {@code FS_IMMUTABLE_FL} and others
     * @param wanted those of them that are set afterwards; the others are not
     * @return 0 or a negated errno
     */
    public static int changeFlags(int fd, int among, int wanted) {
        try (Memory flags = new Memory(Integer.BYTES)) {
            int result = LibC.ioctl(fd, Uapi.FS_IOC_GETFLAGS, Pointer.nativeValue(flags));
            if (result < 0) {
                return result;
            }
            flags.setInt(0, (flags.getInt(0) & ~among) | wanted);
            return LibC.ioctl(fd, Uapi.FS_IOC_SETFLAGS, Pointer.nativeValue(flags));
        }
    }

    /**
     * Set a file's extent size hint.
     *
     * @param bytes 0 for none
     * @return 0 or a negated errno
     */
    public static int hintExtentSize(int fd, int bytes) {
        try (Memory memory = new Memory(EXTENDED_ATTRIBUTES_SIZE)) {
            int result = LibC.ioctl(fd, Uapi.FS_IOC_FSGETXATTR, Pointer.nativeValue(memory));
            if (result < 0) {
                return result;
            }
            fsxattr attributes = new fsxattr(memory);
            attributes.read();
            attributes.fsx_extsize = bytes;
            attributes.fsx_xflags = bytes == 0
                    ? attributes.fsx_xflags & ~Uapi.FS_XFLAG_EXTSIZE
                    : attributes.fsx_xflags | Uapi.FS_XFLAG_EXTSIZE;
            attributes.write();
            return LibC.ioctl(fd, Uapi.FS_IOC_FSSETXATTR, Pointer.nativeValue(memory));
        }
    }

    /** Freeze the file system that a file is on, and thaw it again. Return 0 or a negated errno. */
    public static int freezeAndThaw(int fd) {
        int result = LibC.ioctl(fd, Uapi.FIFREEZE, 0);
        return result < 0 ? result : LibC.ioctl(fd, Uapi.FITHAW, 0);
    }

    /** Ask for the geometry of the XFS that a file is on; {@code ENOTTY} if it is on none. */
    public static Answer<xfs_fsop_geom> xfsGeometry(int fd) {
        xfs_fsop_geom geometry = new xfs_fsop_geom();
        geometry.write();
        int result = LibC.ioctl(fd, Uapi.XFS_IOC_FSGEOMETRY, Pointer.nativeValue(geometry.getPointer()));
        geometry.read();
        return result < 0 ? new Answer.Refused<>(result) : new Answer.Given<>(geometry);
    }

    /** Return the size of a block device in bytes, or a negated errno: {@code ENOTTY} if it is no block device. */
    public static long deviceSize(int fd) {
        try (Memory bytes = new Memory(Long.BYTES)) {
            int result = LibC.ioctl(fd, Uapi.BLKGETSIZE64, Pointer.nativeValue(bytes));
            return result < 0 ? result : bytes.getLong(0);
        }
    }

    /** Return the logical block size of a block device in bytes, or a negated errno, as {@link #deviceSize} does. */
    public static int logicalBlockSize(int fd) {
        try (Memory bytes = new Memory(Integer.BYTES)) {
            int result = LibC.ioctl(fd, Uapi.BLKSSZGET, Pointer.nativeValue(bytes));
            return result < 0 ? result : bytes.getInt(0);
        }
    }
}
