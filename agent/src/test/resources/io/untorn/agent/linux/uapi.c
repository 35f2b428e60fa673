/*
 * Print the layout of structures and the values of constants, as this machine's C headers have them:
 *
 *   struct NAME SIZE
 *   field STRUCT.NAME OFFSET SIZE
 *   constant NAME VALUE ORIGIN
 *
 * ORIGIN is "headers", or "copy" where the headers are older than the constant.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <time.h>
#include <linux/aio_abi.h>
#include <linux/falloc.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <linux/io_uring.h>
#include <linux/stat.h>
#include <linux/version.h>
#if __has_include(<xfs/xfs_fs.h>)
#include <xfs/xfs_fs.h>
#define HAS_XFS_HEADERS
#endif

/* What headers of Linux 6.1 lack. Enumerators, not macros: ORIGIN tells the two apart. */
#ifndef RWF_NOAPPEND
enum { RWF_NOAPPEND = 0x20 };
#endif
#ifndef RWF_ATOMIC
enum { RWF_ATOMIC = 0x40 };
#endif
#ifndef RWF_DONTCACHE
enum { RWF_DONTCACHE = 0x80 };
#endif
#ifndef RWF_NOSIGNAL
enum { RWF_NOSIGNAL = 0x100 };
#endif
#ifndef STATX_WRITE_ATOMIC
enum { STATX_WRITE_ATOMIC = 0x10000 };
#endif
#ifndef STATX_DIO_READ_ALIGN
enum { STATX_DIO_READ_ALIGN = 0x20000 };
#endif
#ifndef STATX_ATTR_WRITE_ATOMIC
enum { STATX_ATTR_WRITE_ATOMIC = 0x400000 };
#endif

#ifndef XFS_FSOP_GEOM_FLAGS_RMAPBT
enum { XFS_FSOP_GEOM_FLAGS_RMAPBT = 1 << 19 };
#endif
#ifndef XFS_FSOP_GEOM_FLAGS_REFLINK
enum { XFS_FSOP_GEOM_FLAGS_REFLINK = 1 << 20 };
#endif
#ifndef XFS_FSOP_GEOM_FLAGS_NREXT64
enum { XFS_FSOP_GEOM_FLAGS_NREXT64 = 1 << 23 };
#endif

/* struct xfs_fsop_geom as Linux 5.10 has it: its headers come with xfslibs-dev, not with the C library. */
struct xfs_fsop_geom_5_10 {
	__u32 blocksize;
	__u32 rtextsize;
	__u32 agblocks;
	__u32 agcount;
	__u32 logblocks;
	__u32 sectsize;
	__u32 inodesize;
	__u32 imaxpct;
	__u64 datablocks;
	__u64 rtblocks;
	__u64 rtextents;
	__u64 logstart;
	unsigned char uuid[16];
	__u32 sunit;
	__u32 swidth;
	__s32 version;
	__u32 flags;
	__u32 logsectsize;
	__u32 rtsectsize;
	__u32 dirblocksize;
	__u32 logsunit;
	__u32 sick;
	__u32 checked;
	__u64 reserved[17];
};
_Static_assert(sizeof(struct xfs_fsop_geom_5_10) == 256, "struct xfs_fsop_geom");

#ifdef HAS_XFS_HEADERS
#define SAME_XFS_PLACE(field) \
	_Static_assert(offsetof(struct xfs_fsop_geom_5_10, field) == offsetof(struct xfs_fsop_geom, field), #field)
_Static_assert(sizeof(struct xfs_fsop_geom_5_10) == sizeof(struct xfs_fsop_geom), "struct xfs_fsop_geom");
SAME_XFS_PLACE(agblocks);
SAME_XFS_PLACE(sectsize);
SAME_XFS_PLACE(inodesize);
SAME_XFS_PLACE(logstart);
SAME_XFS_PLACE(flags);
SAME_XFS_PLACE(checked);
#else
enum { XFS_IOC_FSGEOMETRY = _IOR('X', 126, struct xfs_fsop_geom_5_10) };
#endif

/* What of io_uring Linux 6.12 has under these names, and older headers as spare room. */
struct io_sqring_offsets_6_12 {
	__u32 head;
	__u32 tail;
	__u32 ring_mask;
	__u32 ring_entries;
	__u32 flags;
	__u32 dropped;
	__u32 array;
	__u32 resv1;
	__u64 user_addr;
};
struct io_cqring_offsets_6_12 {
	__u32 head;
	__u32 tail;
	__u32 ring_mask;
	__u32 ring_entries;
	__u32 overflow;
	__u32 cqes;
	__u32 flags;
	__u32 resv1;
	__u64 user_addr;
};
struct io_uring_getevents_arg_6_12 {
	__u64 sigmask;
	__u32 sigmask_sz;
	__u32 min_wait_usec;
	__u64 ts;
};
#define SAME_URING_SIZE(type) _Static_assert(sizeof(struct type##_6_12) == sizeof(struct type), #type)
#define SAME_URING_PLACE(type, field) \
	_Static_assert(offsetof(struct type##_6_12, field) == offsetof(struct type, field), #field)
SAME_URING_SIZE(io_sqring_offsets);
SAME_URING_PLACE(io_sqring_offsets, head);
SAME_URING_PLACE(io_sqring_offsets, tail);
SAME_URING_PLACE(io_sqring_offsets, ring_mask);
SAME_URING_PLACE(io_sqring_offsets, ring_entries);
SAME_URING_PLACE(io_sqring_offsets, flags);
SAME_URING_PLACE(io_sqring_offsets, dropped);
SAME_URING_PLACE(io_sqring_offsets, array);
SAME_URING_SIZE(io_cqring_offsets);
SAME_URING_PLACE(io_cqring_offsets, head);
SAME_URING_PLACE(io_cqring_offsets, tail);
SAME_URING_PLACE(io_cqring_offsets, ring_mask);
SAME_URING_PLACE(io_cqring_offsets, ring_entries);
SAME_URING_PLACE(io_cqring_offsets, overflow);
SAME_URING_PLACE(io_cqring_offsets, cqes);
SAME_URING_PLACE(io_cqring_offsets, flags);
SAME_URING_SIZE(io_uring_getevents_arg);
SAME_URING_PLACE(io_uring_getevents_arg, sigmask);
SAME_URING_PLACE(io_uring_getevents_arg, sigmask_sz);
SAME_URING_PLACE(io_uring_getevents_arg, ts);

/* struct statx as Linux 6.16 has it: the kernel only ever turns spare room into fields. */
struct statx_6_16 {
	__u32 stx_mask;
	__u32 stx_blksize;
	__u64 stx_attributes;
	__u32 stx_nlink;
	__u32 stx_uid;
	__u32 stx_gid;
	__u16 stx_mode;
	__u16 __spare0[1];
	__u64 stx_ino;
	__u64 stx_size;
	__u64 stx_blocks;
	__u64 stx_attributes_mask;
	struct statx_timestamp stx_atime;
	struct statx_timestamp stx_btime;
	struct statx_timestamp stx_ctime;
	struct statx_timestamp stx_mtime;
	__u32 stx_rdev_major;
	__u32 stx_rdev_minor;
	__u32 stx_dev_major;
	__u32 stx_dev_minor;
	__u64 stx_mnt_id;
	__u32 stx_dio_mem_align;
	__u32 stx_dio_offset_align;
	__u64 stx_subvol;
	__u32 stx_atomic_write_unit_min;
	__u32 stx_atomic_write_unit_max;
	__u32 stx_atomic_write_segments_max;
	__u32 stx_dio_read_offset_align;
	__u32 stx_atomic_write_unit_max_opt;
	__u32 __spare2[1];
	__u64 __spare3[8];
};

/* The copy has to agree with the headers wherever they know a field... */
#define SAME_PLACE(field) \
	_Static_assert(offsetof(struct statx_6_16, field) == offsetof(struct statx, field) && \
		       sizeof(((struct statx_6_16 *)0)->field) == sizeof(((struct statx *)0)->field), #field)
_Static_assert(sizeof(struct statx_6_16) == sizeof(struct statx), "struct statx");
SAME_PLACE(stx_mask);
SAME_PLACE(stx_blksize);
SAME_PLACE(stx_attributes);
SAME_PLACE(stx_nlink);
SAME_PLACE(stx_uid);
SAME_PLACE(stx_gid);
SAME_PLACE(stx_mode);
SAME_PLACE(stx_ino);
SAME_PLACE(stx_size);
SAME_PLACE(stx_blocks);
SAME_PLACE(stx_attributes_mask);
SAME_PLACE(stx_atime);
SAME_PLACE(stx_btime);
SAME_PLACE(stx_ctime);
SAME_PLACE(stx_mtime);
SAME_PLACE(stx_rdev_major);
SAME_PLACE(stx_rdev_minor);
SAME_PLACE(stx_dev_major);
SAME_PLACE(stx_dev_minor);
SAME_PLACE(stx_mnt_id);
#ifdef STATX_DIOALIGN
SAME_PLACE(stx_dio_mem_align);
SAME_PLACE(stx_dio_offset_align);
#endif
#ifdef STATX_SUBVOL
SAME_PLACE(stx_subvol);
#endif
#ifdef STATX_WRITE_ATOMIC
SAME_PLACE(stx_atomic_write_unit_min);
SAME_PLACE(stx_atomic_write_unit_max);
SAME_PLACE(stx_atomic_write_segments_max);
#endif
#ifdef STATX_DIO_READ_ALIGN
SAME_PLACE(stx_dio_read_offset_align);
#endif
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 16, 0)
SAME_PLACE(stx_atomic_write_unit_max_opt);
#endif

/* ...and with the kernel's interface where they do not. */
_Static_assert(sizeof(struct statx_6_16) == 256, "struct statx");
_Static_assert(offsetof(struct statx_6_16, stx_dio_mem_align) == 152, "stx_dio_mem_align");
_Static_assert(offsetof(struct statx_6_16, stx_dio_offset_align) == 156, "stx_dio_offset_align");
_Static_assert(offsetof(struct statx_6_16, stx_subvol) == 160, "stx_subvol");
_Static_assert(offsetof(struct statx_6_16, stx_atomic_write_unit_min) == 168, "stx_atomic_write_unit_min");
_Static_assert(offsetof(struct statx_6_16, stx_atomic_write_unit_max) == 172, "stx_atomic_write_unit_max");
_Static_assert(offsetof(struct statx_6_16, stx_atomic_write_segments_max) == 176, "stx_atomic_write_segments_max");
_Static_assert(offsetof(struct statx_6_16, stx_dio_read_offset_align) == 180, "stx_dio_read_offset_align");
_Static_assert(offsetof(struct statx_6_16, stx_atomic_write_unit_max_opt) == 184, "stx_atomic_write_unit_max_opt");

#define STRUCT_AS(type, name) printf("struct " name " %zu\n", sizeof(struct type))
#define FIELD_AS(type, name, field) \
	printf("field " name "." #field " %zu %zu\n", offsetof(struct type, field), sizeof(((struct type *)0)->field))
#define STRUCT(type) STRUCT_AS(type, #type)
#define FIELD(type, field) FIELD_AS(type, #type, field)
#define XFS_GEOMETRY(field) FIELD_AS(xfs_fsop_geom_5_10, "xfs_fsop_geom", field)
#define SQ_RING(field) FIELD_AS(io_sqring_offsets_6_12, "io_sqring_offsets", field)
#define CQ_RING(field) FIELD_AS(io_cqring_offsets_6_12, "io_cqring_offsets", field)
#define GETEVENTS(field) FIELD_AS(io_uring_getevents_arg_6_12, "io_uring_getevents_arg", field)
#define STATX(field) FIELD_AS(statx_6_16, "statx", field)

/* A macro expands before it becomes a string, an enumerator stays its own name. */
#define EXPANDED(...) #__VA_ARGS__
#define ORIGIN(name, ...) (strcmp(name, EXPANDED(__VA_ARGS__)) ? "headers" : "copy")
#define CONSTANT(name) \
	printf("constant " #name " %llu %s\n", (unsigned long long)(name), ORIGIN(#name, name))

int main(void)
{
	STRUCT(iovec);
	FIELD(iovec, iov_base);
	FIELD(iovec, iov_len);

	STRUCT(file_clone_range);
	FIELD(file_clone_range, src_fd);
	FIELD(file_clone_range, src_offset);
	FIELD(file_clone_range, src_length);
	FIELD(file_clone_range, dest_offset);

	STRUCT(fsxattr);
	FIELD(fsxattr, fsx_xflags);
	FIELD(fsxattr, fsx_extsize);
	FIELD(fsxattr, fsx_nextents);
	FIELD(fsxattr, fsx_projid);
	FIELD(fsxattr, fsx_cowextsize);
	FIELD(fsxattr, fsx_pad);

	STRUCT(fiemap);
	FIELD(fiemap, fm_start);
	FIELD(fiemap, fm_length);
	FIELD(fiemap, fm_flags);
	FIELD(fiemap, fm_mapped_extents);
	FIELD(fiemap, fm_extent_count);
	FIELD(fiemap, fm_reserved);

	STRUCT(fiemap_extent);
	FIELD(fiemap_extent, fe_logical);
	FIELD(fiemap_extent, fe_physical);
	FIELD(fiemap_extent, fe_length);
	FIELD(fiemap_extent, fe_reserved64);
	FIELD(fiemap_extent, fe_flags);
	FIELD(fiemap_extent, fe_reserved);

	STRUCT(statfs);
	FIELD(statfs, f_type);
	FIELD(statfs, f_bsize);
	FIELD(statfs, f_blocks);
	FIELD(statfs, f_bfree);
	FIELD(statfs, f_bavail);
	FIELD(statfs, f_files);
	FIELD(statfs, f_ffree);
	FIELD(statfs, f_fsid);
	FIELD(statfs, f_namelen);
	FIELD(statfs, f_frsize);
	FIELD(statfs, f_flags);
	FIELD(statfs, f_spare);

	STRUCT(rlimit);
	FIELD(rlimit, rlim_cur);
	FIELD(rlimit, rlim_max);

	STRUCT(timespec);
	FIELD(timespec, tv_sec);
	FIELD(timespec, tv_nsec);

	STRUCT(iocb);
	FIELD(iocb, aio_data);
	FIELD(iocb, aio_key);
	FIELD(iocb, aio_rw_flags);
	FIELD(iocb, aio_lio_opcode);
	FIELD(iocb, aio_reqprio);
	FIELD(iocb, aio_fildes);
	FIELD(iocb, aio_buf);
	FIELD(iocb, aio_nbytes);
	FIELD(iocb, aio_offset);
	FIELD(iocb, aio_reserved2);
	FIELD(iocb, aio_flags);
	FIELD(iocb, aio_resfd);

	STRUCT(io_event);
	FIELD(io_event, data);
	FIELD(io_event, obj);
	FIELD(io_event, res);
	FIELD(io_event, res2);

	STRUCT_AS(io_sqring_offsets_6_12, "io_sqring_offsets");
	SQ_RING(head);
	SQ_RING(tail);
	SQ_RING(ring_mask);
	SQ_RING(ring_entries);
	SQ_RING(flags);
	SQ_RING(dropped);
	SQ_RING(array);
	SQ_RING(resv1);
	SQ_RING(user_addr);

	STRUCT_AS(io_cqring_offsets_6_12, "io_cqring_offsets");
	CQ_RING(head);
	CQ_RING(tail);
	CQ_RING(ring_mask);
	CQ_RING(ring_entries);
	CQ_RING(overflow);
	CQ_RING(cqes);
	CQ_RING(flags);
	CQ_RING(resv1);
	CQ_RING(user_addr);

	STRUCT(io_uring_params);
	FIELD(io_uring_params, sq_entries);
	FIELD(io_uring_params, cq_entries);
	FIELD(io_uring_params, flags);
	FIELD(io_uring_params, sq_thread_cpu);
	FIELD(io_uring_params, sq_thread_idle);
	FIELD(io_uring_params, features);
	FIELD(io_uring_params, wq_fd);
	FIELD(io_uring_params, resv);
	FIELD(io_uring_params, sq_off);
	FIELD(io_uring_params, cq_off);

	STRUCT(io_uring_sqe);
	FIELD(io_uring_sqe, opcode);
	FIELD(io_uring_sqe, flags);
	FIELD(io_uring_sqe, ioprio);
	FIELD(io_uring_sqe, fd);
	FIELD(io_uring_sqe, off);
	FIELD(io_uring_sqe, addr);
	FIELD(io_uring_sqe, len);
	FIELD(io_uring_sqe, rw_flags);
	FIELD(io_uring_sqe, user_data);
	FIELD(io_uring_sqe, buf_index);
	FIELD(io_uring_sqe, personality);
	FIELD(io_uring_sqe, splice_fd_in);
	FIELD(io_uring_sqe, addr3);
	FIELD(io_uring_sqe, __pad2);

	STRUCT(io_uring_cqe);
	FIELD(io_uring_cqe, user_data);
	FIELD(io_uring_cqe, res);
	FIELD(io_uring_cqe, flags);

	STRUCT_AS(io_uring_getevents_arg_6_12, "io_uring_getevents_arg");
	GETEVENTS(sigmask);
	GETEVENTS(sigmask_sz);
	GETEVENTS(min_wait_usec);
	GETEVENTS(ts);

	STRUCT(statx_timestamp);
	FIELD(statx_timestamp, tv_sec);
	FIELD(statx_timestamp, tv_nsec);
	FIELD(statx_timestamp, __reserved);

	STRUCT_AS(statx_6_16, "statx");
	STATX(stx_mask);
	STATX(stx_blksize);
	STATX(stx_attributes);
	STATX(stx_nlink);
	STATX(stx_uid);
	STATX(stx_gid);
	STATX(stx_mode);
	STATX(__spare0);
	STATX(stx_ino);
	STATX(stx_size);
	STATX(stx_blocks);
	STATX(stx_attributes_mask);
	STATX(stx_atime);
	STATX(stx_btime);
	STATX(stx_ctime);
	STATX(stx_mtime);
	STATX(stx_rdev_major);
	STATX(stx_rdev_minor);
	STATX(stx_dev_major);
	STATX(stx_dev_minor);
	STATX(stx_mnt_id);
	STATX(stx_dio_mem_align);
	STATX(stx_dio_offset_align);
	STATX(stx_subvol);
	STATX(stx_atomic_write_unit_min);
	STATX(stx_atomic_write_unit_max);
	STATX(stx_atomic_write_segments_max);
	STATX(stx_dio_read_offset_align);
	STATX(stx_atomic_write_unit_max_opt);
	STATX(__spare2);
	STATX(__spare3);

	STRUCT_AS(xfs_fsop_geom_5_10, "xfs_fsop_geom");
	XFS_GEOMETRY(blocksize);
	XFS_GEOMETRY(rtextsize);
	XFS_GEOMETRY(agblocks);
	XFS_GEOMETRY(agcount);
	XFS_GEOMETRY(logblocks);
	XFS_GEOMETRY(sectsize);
	XFS_GEOMETRY(inodesize);
	XFS_GEOMETRY(imaxpct);
	XFS_GEOMETRY(datablocks);
	XFS_GEOMETRY(rtblocks);
	XFS_GEOMETRY(rtextents);
	XFS_GEOMETRY(logstart);
	XFS_GEOMETRY(uuid);
	XFS_GEOMETRY(sunit);
	XFS_GEOMETRY(swidth);
	XFS_GEOMETRY(version);
	XFS_GEOMETRY(flags);
	XFS_GEOMETRY(logsectsize);
	XFS_GEOMETRY(rtsectsize);
	XFS_GEOMETRY(dirblocksize);
	XFS_GEOMETRY(logsunit);
	XFS_GEOMETRY(sick);
	XFS_GEOMETRY(checked);
	XFS_GEOMETRY(reserved);

	CONSTANT(O_RDONLY);
	CONSTANT(O_WRONLY);
	CONSTANT(O_RDWR);
	CONSTANT(O_CREAT);
	CONSTANT(O_EXCL);
	CONSTANT(O_TRUNC);
	CONSTANT(O_APPEND);
	CONSTANT(O_DSYNC);
	CONSTANT(O_SYNC);
	CONSTANT(O_CLOEXEC);
	CONSTANT(O_DIRECT);
	CONSTANT(O_PATH);
	CONSTANT(SYS_perf_event_open);
	CONSTANT(SYS_bpf);
	CONSTANT(SYS_finit_module);
	CONSTANT(SYS_io_setup);
	CONSTANT(SYS_io_destroy);
	CONSTANT(SYS_io_submit);
	CONSTANT(SYS_io_getevents);
	CONSTANT(SYS_io_uring_setup);
	CONSTANT(SYS_io_uring_enter);
	CONSTANT(SYS_io_uring_register);
	CONSTANT(IOCB_CMD_PWRITE);
	CONSTANT(IOCB_CMD_PWRITEV);
	CONSTANT(IORING_OP_WRITEV);
	CONSTANT(IORING_OP_WRITE_FIXED);
	CONSTANT(IORING_OP_WRITE);
	CONSTANT(IORING_OFF_SQ_RING);
	CONSTANT(IORING_OFF_SQES);
	CONSTANT(IORING_ENTER_GETEVENTS);
	CONSTANT(IORING_ENTER_EXT_ARG);
	CONSTANT(IORING_REGISTER_BUFFERS);
	CONSTANT(RWF_HIPRI);
	CONSTANT(RWF_DSYNC);
	CONSTANT(RWF_SYNC);
	CONSTANT(RWF_NOWAIT);
	CONSTANT(RWF_APPEND);
	CONSTANT(RWF_NOAPPEND);
	CONSTANT(RWF_ATOMIC);
	CONSTANT(RWF_DONTCACHE);
	CONSTANT(RWF_NOSIGNAL);
	CONSTANT(AT_EMPTY_PATH);
	CONSTANT(AT_FDCWD);
	CONSTANT(AT_SYMLINK_NOFOLLOW);
	CONSTANT(STATX_BASIC_STATS);
	CONSTANT(STATX_DIOALIGN);
	CONSTANT(STATX_WRITE_ATOMIC);
	CONSTANT(STATX_DIO_READ_ALIGN);
	CONSTANT(STATX_ATTR_WRITE_ATOMIC);
	CONSTANT(FALLOC_FL_KEEP_SIZE);
	CONSTANT(FALLOC_FL_PUNCH_HOLE);
	CONSTANT(FALLOC_FL_COLLAPSE_RANGE);
	CONSTANT(FALLOC_FL_ZERO_RANGE);
	CONSTANT(FALLOC_FL_INSERT_RANGE);
	CONSTANT(FALLOC_FL_UNSHARE_RANGE);
	CONSTANT(PROT_NONE);
	CONSTANT(PROT_READ);
	CONSTANT(PROT_WRITE);
	CONSTANT(MAP_SHARED);
	CONSTANT(MAP_PRIVATE);
	CONSTANT(MAP_ANONYMOUS);
	CONSTANT(MAP_POPULATE);
	CONSTANT(SEEK_CUR);
	CONSTANT(SEEK_END);
	CONSTANT(SYNC_FILE_RANGE_WAIT_BEFORE);
	CONSTANT(SYNC_FILE_RANGE_WRITE);
	CONSTANT(SYNC_FILE_RANGE_WAIT_AFTER);
	CONSTANT(MFD_CLOEXEC);
	CONSTANT(MS_REMOUNT);
	CONSTANT(RLIMIT_FSIZE);
	CONSTANT(RLIM_INFINITY);
	CONSTANT(FIFREEZE);
	CONSTANT(FITHAW);
	CONSTANT(FS_IOC_FIEMAP);
	CONSTANT(FICLONERANGE);
	CONSTANT(FS_IOC_GETFLAGS);
	CONSTANT(FS_IOC_SETFLAGS);
	CONSTANT(FS_IOC_FSGETXATTR);
	CONSTANT(FS_IOC_FSSETXATTR);
	CONSTANT(FS_IMMUTABLE_FL);
	CONSTANT(FS_APPEND_FL);
	CONSTANT(FS_JOURNAL_DATA_FL);
	CONSTANT(FS_XFLAG_EXTSIZE);
	CONSTANT(BLKGETSIZE64);
	CONSTANT(BLKSSZGET);
	CONSTANT(XFS_IOC_FSGEOMETRY);
	CONSTANT(XFS_FSOP_GEOM_FLAGS_RMAPBT);
	CONSTANT(XFS_FSOP_GEOM_FLAGS_REFLINK);
	CONSTANT(XFS_FSOP_GEOM_FLAGS_NREXT64);
	CONSTANT(FIEMAP_MAX_OFFSET);
	CONSTANT(FIEMAP_FLAG_SYNC);
	CONSTANT(FIEMAP_EXTENT_LAST);
	CONSTANT(FIEMAP_EXTENT_UNKNOWN);
	CONSTANT(FIEMAP_EXTENT_DELALLOC);
	CONSTANT(FIEMAP_EXTENT_ENCODED);
	CONSTANT(FIEMAP_EXTENT_DATA_ENCRYPTED);
	CONSTANT(FIEMAP_EXTENT_NOT_ALIGNED);
	CONSTANT(FIEMAP_EXTENT_DATA_INLINE);
	CONSTANT(FIEMAP_EXTENT_DATA_TAIL);
	CONSTANT(FIEMAP_EXTENT_UNWRITTEN);
	CONSTANT(FIEMAP_EXTENT_MERGED);
	CONSTANT(FIEMAP_EXTENT_SHARED);
	return 0;
}
