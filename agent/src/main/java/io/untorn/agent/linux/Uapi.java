package io.untorn.agent.linux;

/**
 * The constants of Linux's user API that executing a trace needs, under the names that the kernel's headers give them.
 *
 * <p>The values hold for x86-64 and arm64. The two differ in {@link #O_DIRECT} and in the numbers of
 * system calls.
 */
public final class Uapi {
    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 0x1;
    public static final int O_RDWR = 0x2;
    public static final int O_CREAT = 0x40;
    public static final int O_EXCL = 0x80;
    public static final int O_TRUNC = 0x200;
    public static final int O_APPEND = 0x400;
    public static final int O_DSYNC = 0x1000;
    public static final int O_SYNC = 0x101000;
    public static final int O_CLOEXEC = 0x80000;
    public static final int O_PATH = 0x200000;
    public static final int O_DIRECT = directFlag(System.getProperty("os.arch"));

    public static final int SYS_io_setup = number(206, 0);
    public static final int SYS_io_destroy = number(207, 1);
    public static final int SYS_io_submit = number(209, 2);
    public static final int SYS_io_getevents = number(208, 4);
    public static final int SYS_perf_event_open = number(298, 241);
    public static final int SYS_finit_module = number(313, 273);
    public static final int SYS_bpf = number(321, 280);
    public static final int SYS_io_uring_setup = 425;
    public static final int SYS_io_uring_enter = 426;
    public static final int SYS_io_uring_register = 427;

    public static final int IOCB_CMD_PWRITE = 1;
    public static final int IOCB_CMD_PWRITEV = 8;

    public static final int IORING_OP_WRITEV = 2;
    public static final int IORING_OP_WRITE_FIXED = 5;
    public static final int IORING_OP_WRITE = 23;
    public static final long IORING_OFF_SQ_RING = 0;
    public static final long IORING_OFF_SQES = 0x10000000L;
    public static final int IORING_ENTER_GETEVENTS = 0x1;
    /** Since Linux 5.11. */
    public static final int IORING_ENTER_EXT_ARG = 0x8;

    public static final int IORING_REGISTER_BUFFERS = 0;

    public static final int RWF_HIPRI = 0x1;
    public static final int RWF_DSYNC = 0x2;
    public static final int RWF_SYNC = 0x4;
    public static final int RWF_NOWAIT = 0x8;
    public static final int RWF_APPEND = 0x10;
    /** Since Linux 6.9. */
    public static final int RWF_NOAPPEND = 0x20;
    /** Since Linux 6.11. */
    public static final int RWF_ATOMIC = 0x40;
    /** Since Linux 6.14. */
    public static final int RWF_DONTCACHE = 0x80;
    /** Since Linux 6.18. */
    public static final int RWF_NOSIGNAL = 0x100;

    public static final int AT_EMPTY_PATH = 0x1000;

    public static final int AT_FDCWD = -100;
    public static final int AT_SYMLINK_NOFOLLOW = 0x100;

    public static final int STATX_BASIC_STATS = 0x7ff;
    /** Since Linux 6.1. */
    public static final int STATX_DIOALIGN = 0x2000;
    /** Since Linux 6.11. */
    public static final int STATX_WRITE_ATOMIC = 0x10000;
    /** Since Linux 6.14. */
    public static final int STATX_DIO_READ_ALIGN = 0x20000;
    /** Since Linux 6.11. */
    public static final long STATX_ATTR_WRITE_ATOMIC = 0x400000;

    public static final int FALLOC_FL_KEEP_SIZE = 0x1;
    public static final int FALLOC_FL_PUNCH_HOLE = 0x2;
    public static final int FALLOC_FL_COLLAPSE_RANGE = 0x8;
    public static final int FALLOC_FL_ZERO_RANGE = 0x10;
    public static final int FALLOC_FL_INSERT_RANGE = 0x20;
    public static final int FALLOC_FL_UNSHARE_RANGE = 0x40;

    public static final int SEEK_CUR = 1;
    public static final int SEEK_END = 2;
    public static final int PROT_NONE = 0;
    public static final int PROT_READ = 0x1;
    public static final int PROT_WRITE = 0x2;
    public static final int MAP_SHARED = 0x1;
    public static final int MAP_PRIVATE = 0x2;
    public static final int MAP_ANONYMOUS = 0x20;
    public static final int MAP_POPULATE = 0x8000;

    public static final int SYNC_FILE_RANGE_WAIT_BEFORE = 0x1;
    public static final int SYNC_FILE_RANGE_WRITE = 0x2;
    public static final int SYNC_FILE_RANGE_WAIT_AFTER = 0x4;

    public static final int MFD_CLOEXEC = 0x1;

    public static final int MS_REMOUNT = 0x20;

    public static final int RLIMIT_FSIZE = 1;
    public static final long RLIM_INFINITY = -1;

    public static final long FIFREEZE = 0xC0045877L;
    public static final long FITHAW = 0xC0045878L;
    public static final long FS_IOC_FIEMAP = 0xC020660BL;
    public static final long FICLONERANGE = 0x4020940DL;
    public static final long FS_IOC_GETFLAGS = 0x80086601L;
    public static final long FS_IOC_SETFLAGS = 0x40086602L;
    public static final long FS_IOC_FSGETXATTR = 0x801C581FL;
    public static final long FS_IOC_FSSETXATTR = 0x401C5820L;
    public static final long BLKGETSIZE64 = 0x80081272L;
    public static final long BLKSSZGET = 0x1268L;
    public static final long XFS_IOC_FSGEOMETRY = 0x8100587EL;

    public static final int FS_IMMUTABLE_FL = 0x10;
    public static final int FS_APPEND_FL = 0x20;
    public static final int FS_JOURNAL_DATA_FL = 0x4000;
    public static final int FS_XFLAG_EXTSIZE = 0x800;

    public static final int XFS_FSOP_GEOM_FLAGS_RMAPBT = 0x80000;
    public static final int XFS_FSOP_GEOM_FLAGS_REFLINK = 0x100000;
    /** Since Linux 5.19. */
    public static final int XFS_FSOP_GEOM_FLAGS_NREXT64 = 0x800000;

    /** All bits set: unsigned, the largest offset there is. */
    public static final long FIEMAP_MAX_OFFSET = -1;

    public static final int FIEMAP_FLAG_SYNC = 0x1;
    public static final int FIEMAP_EXTENT_LAST = 0x1;
    public static final int FIEMAP_EXTENT_UNKNOWN = 0x2;
    public static final int FIEMAP_EXTENT_DELALLOC = 0x4;
    public static final int FIEMAP_EXTENT_ENCODED = 0x8;
    public static final int FIEMAP_EXTENT_DATA_ENCRYPTED = 0x80;
    public static final int FIEMAP_EXTENT_NOT_ALIGNED = 0x100;
    public static final int FIEMAP_EXTENT_DATA_INLINE = 0x200;
    public static final int FIEMAP_EXTENT_DATA_TAIL = 0x400;
    public static final int FIEMAP_EXTENT_UNWRITTEN = 0x800;
    public static final int FIEMAP_EXTENT_MERGED = 0x1000;
    public static final int FIEMAP_EXTENT_SHARED = 0x2000;

    private Uapi() {}

    private static int number(int onX86, int elsewhere) {
        return System.getProperty("os.arch").equals("amd64") ? onX86 : elsewhere;
    }

    static int directFlag(String architecture) {
        return switch (architecture) {
            case "amd64" -> 0x4000;
            case "aarch64" -> 0x10000;
            default ->
                throw new UnsatisfiedLinkError("The value of O_DIRECT on the architecture '" + architecture
                        + "' is not known: run on amd64 or aarch64, or add it here");
        };
    }
}
