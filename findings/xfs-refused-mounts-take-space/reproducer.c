// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * xfs: each mount that is refused for its max_atomic_write takes free space for good
 *
 * Rule      A plain write returns its length; past EOF it makes the file longer. Through io_uring a direct write
 *           at the position, atomic or not, may leave the position where it was.
 * Source    write(2), RETURN VALUE
 * Source    kernel io_uring/rw.c, kiocb_done: moves the position where the write is not queued (6.1 to 7.1)
 * Expected  returned 4096
 * Actual    failed with ENOSPC
 * Seen on   6.16.12+deb13-cloud-amd64
 *
 * Build     gcc -static -Wall -Werror -O2 -o reproducer reproducer.c
 * Run       ./reproducer FILE
 *           FILE must not exist yet. Seen on a file on XFS with 4 KiB blocks and reflink; the disk, the file
 *           system and the mount are yours, reproducer.sh makes them.
 * Exit      1 the fault shows, 0 it does not, 2 it could not be tried
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <mntent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define MEMORY 4096

static const char *path;
static int direct, buffered; /* for writes and reads, with O_DIRECT and without */
static int control;          /* for everything else */

/* Exit: the fault could not be tried. */
static void give_up(const char *what)
{
	printf("can't try it: %s %s: %s\n", what, path, strerror(errno));
	exit(2);
}

/* Open the descriptors of writes and reads with FLAGS, one of them with O_DIRECT. */
static int open_data(int flags)
{
	buffered = open(path, flags | O_CLOEXEC);
	direct = open(path, flags | O_CLOEXEC | O_DIRECT);
	return buffered < 0 || direct < 0 ? -1 : 0;
}

static void open_target(void)
{
	struct stat found;
	int creation = O_CREAT | O_EXCL;

	if (stat(path, &found) == 0 && S_ISBLK(found.st_mode))
		creation = 0;
	control = open(path, O_RDWR | O_CLOEXEC | creation, 0600);
	if (control < 0)
		give_up("open");
	if (open_data(O_RDWR) < 0)
		give_up("open with O_DIRECT");
}

static char twin_path[PATH_MAX];
static int twin, twin_direct, twin_buffered; /* a second file beside the first */

static void open_twin(int creation)
{
	snprintf(twin_path, sizeof(twin_path), "%s.twin", path);
	twin = open(twin_path, O_RDWR | O_CLOEXEC | creation, 0600);
	twin_direct = open(twin_path, O_RDWR | O_CLOEXEC | O_DIRECT);
	twin_buffered = open(twin_path, O_RDWR | O_CLOEXEC);
	if (twin < 0 || twin_direct < 0 || twin_buffered < 0)
		give_up("open the twin of");
}

/* Return the result of a system call, or the errno negated. */
static long answer(long result)
{
	return result < 0 ? -errno : result;
}

/* Print the result of a step and what is expected; return whether it is as expected. */
static int check(int step, const char *words, const char *expected, long result, int fits)
{
	printf("step %d: %s\n  expected: %s\n  got:      ", step, words, expected);
	if (result < 0)
		printf("errno %ld, %s", -result, strerror(-result));
	else
		printf("%ld", result);
	printf("%s\n", fits ? "" : "    <-- not as expected");
	fflush(stdout);
	return fits;
}

/* The buffer of writes and reads; as many bytes after it are not mapped. */
static unsigned char *memory;
#define unmapped (memory + MEMORY)

static void get_memory(void)
{
	memory = mmap(NULL, 2L * MEMORY, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED || mprotect(memory, MEMORY, PROT_READ | PROT_WRITE) < 0) {
		perror("mmap");
		exit(2);
	}
}

/* The data that a step writes: each 8 bytes hold the step's number and their offset in the file. */
static uint64_t word(int step, long offset)
{
	return (uint64_t)(offset / 8) << 16 | step;
}

/* Fill DATA with what STEP writes at OFFSET. */
static void stamp(unsigned char *data, long length, int step, long offset)
{
	for (long i = 0; i < length; i++)
		data[i] = word(step, offset - offset % 8 + i) >> 8 * (i % 8);
}

/* struct statx of include/uapi/linux/stat.h, with the fields that older headers lack. */
struct raw_statx {
	uint32_t stx_mask, stx_blksize;
	uint64_t stx_attributes;
	uint32_t stx_nlink, stx_uid, stx_gid;
	uint16_t stx_mode, spare0;
	uint64_t stx_ino, stx_size, stx_blocks, stx_attributes_mask;
	uint64_t stx_times[8];
	uint32_t stx_rdev[2], stx_dev[2];
	uint64_t stx_mnt_id;
	uint32_t stx_dio_mem_align, stx_dio_offset_align;
	uint64_t stx_subvol;
	uint32_t stx_atomic_write_unit_min, stx_atomic_write_unit_max, stx_atomic_write_segments_max;
	uint32_t stx_dio_read_offset_align, stx_atomic_write_unit_max_opt, spare2;
	uint64_t spare3[8];
};

#define MASK_WRITE_ATOMIC 0x10000ULL  /* STATX_WRITE_ATOMIC, since 6.11 */
#define ATTR_WRITE_ATOMIC 0x400000ULL /* STATX_ATTR_WRITE_ATOMIC, since 6.11 */

static struct raw_statx stx;

/* Get size and limits; statx does not report the size of a block device. */
static int get_statx(void)
{
	if (syscall(SYS_statx, control, "", 0x1000 /* AT_EMPTY_PATH */, 0x327ff, &stx) < 0)
		return -1;
	if (S_ISBLK(stx.stx_mode))
		return ioctl(control, 0x80081272UL /* BLKGETSIZE64 */, &stx.stx_size);
	return 0;
}

/* Print the size and the limits that statx reported. */
static void print_limits(void)
{
	printf("            size %llu; atomic writes: unit_min %u, unit_max %u, unit_max_opt %u, segments_max %u, "
	       "attribute %d, in mask %d, in attributes_mask %d\n",
	       (unsigned long long)stx.stx_size, stx.stx_atomic_write_unit_min, stx.stx_atomic_write_unit_max,
	       stx.stx_atomic_write_unit_max_opt, stx.stx_atomic_write_segments_max,
	       !!(stx.stx_attributes & ATTR_WRITE_ATOMIC), !!(stx.stx_mask & MASK_WRITE_ATOMIC),
	       !!(stx.stx_attributes_mask & ATTR_WRITE_ATOMIC));
}

static char device[4096], directory[4096], type[64];

/* Find the file system that the file is on. */
static void find_mount(void)
{
	FILE *mounts = setmntent("/proc/self/mounts", "r");
	struct mntent *entry;
	struct stat file, root;

	if (!mounts || fstat(control, &file) < 0)
		give_up("find the mount of");
	while ((entry = getmntent(mounts)))
		if (stat(entry->mnt_dir, &root) == 0 && root.st_dev == file.st_dev) {
			snprintf(device, sizeof(device), "%s", entry->mnt_fsname);
			snprintf(directory, sizeof(directory), "%s", entry->mnt_dir);
			snprintf(type, sizeof(type), "%s", entry->mnt_type);
		}
	endmntent(mounts);
	if (!directory[0])
		give_up("find the mount of");
}

/* Unmount, mount with OPTIONS, or without if that fails, and open the file again with FLAGS. */
static int mount_again(const char *options, int flags)
{
	int result, reason;

	find_mount();
	close(control);
	close(buffered);
	close(direct);
	close(twin);
	close(twin_direct);
	close(twin_buffered);
	if (umount(directory) < 0)
		give_up("unmount the file system of");
	result = mount(device, directory, type, 0, options);
	reason = errno;
	if (result < 0 && mount(device, directory, type, 0, "") < 0)
		give_up("mount the file system of");
	control = open(path, O_RDWR | O_CLOEXEC);
	if (control < 0 || open_data(flags) < 0)
		give_up("open");
	open_twin(0);
	errno = reason;
	return result < 0 ? -1 : get_statx();
}

int main(int argc, char **argv)
{
	unsigned char *data;
	long result;
	int shown = 0;
	int unexpected = 0;

	if (argc != 2) {
		fprintf(stderr, "usage: %s FILE\n", argv[0]);
		return 2;
	}
	path = argv[1];
	get_memory();
	open_target();
	open_twin(O_CREAT | O_EXCL);

	/* 1. unmount and mount with max_atomic_write=5000 */
	result = answer(mount_again("max_atomic_write=5000", O_RDWR));
	if (!check(1, "unmount and mount with max_atomic_write=5000",
	            "failed with EINVAL",
	            result, result == -EINVAL))
		unexpected = 1;
	print_limits();

	/* 2. unmount and mount with max_atomic_write=5000 */
	result = answer(mount_again("max_atomic_write=5000", O_RDWR));
	if (!check(2, "unmount and mount with max_atomic_write=5000",
	            "failed with EINVAL",
	            result, result == -EINVAL))
		unexpected = 1;
	print_limits();

	/* 3. unmount and mount with max_atomic_write=5000 */
	result = answer(mount_again("max_atomic_write=5000", O_RDWR));
	if (!check(3, "unmount and mount with max_atomic_write=5000",
	            "failed with EINVAL",
	            result, result == -EINVAL))
		unexpected = 1;
	print_limits();

	/* 4. unmount and mount with max_atomic_write=5000 */
	result = answer(mount_again("max_atomic_write=5000", O_RDWR));
	if (!check(4, "unmount and mount with max_atomic_write=5000",
	            "failed with EINVAL",
	            result, result == -EINVAL))
		unexpected = 1;
	print_limits();

	/* 5. unmount and mount with max_atomic_write=5000 */
	result = answer(mount_again("max_atomic_write=5000", O_RDWR));
	if (!check(5, "unmount and mount with max_atomic_write=5000",
	            "failed with EINVAL",
	            result, result == -EINVAL))
		unexpected = 1;
	print_limits();

	/* 6. unmount and mount with max_atomic_write=5000 */
	result = answer(mount_again("max_atomic_write=5000", O_RDWR));
	if (!check(6, "unmount and mount with max_atomic_write=5000",
	            "failed with EINVAL",
	            result, result == -EINVAL))
		unexpected = 1;
	print_limits();

	/* 7. unmount and mount with max_atomic_write=5000 */
	result = answer(mount_again("max_atomic_write=5000", O_RDWR));
	if (!check(7, "unmount and mount with max_atomic_write=5000",
	            "failed with EINVAL",
	            result, result == -EINVAL))
		unexpected = 1;
	print_limits();

	/* 8. unmount and mount with max_atomic_write=5000 */
	result = answer(mount_again("max_atomic_write=5000", O_RDWR));
	if (!check(8, "unmount and mount with max_atomic_write=5000",
	            "failed with EINVAL",
	            result, result == -EINVAL))
		unexpected = 1;
	print_limits();

	/* 9. unmount and mount with max_atomic_write=5000 */
	result = answer(mount_again("max_atomic_write=5000", O_RDWR));
	if (!check(9, "unmount and mount with max_atomic_write=5000",
	            "failed with EINVAL",
	            result, result == -EINVAL))
		unexpected = 1;
	print_limits();

	/* 10. unmount and mount with max_atomic_write=5000 */
	result = answer(mount_again("max_atomic_write=5000", O_RDWR));
	if (!check(10, "unmount and mount with max_atomic_write=5000",
	            "failed with EINVAL",
	            result, result == -EINVAL))
		unexpected = 1;
	print_limits();

	/* 11. unmount and mount with max_atomic_write=5000 */
	result = answer(mount_again("max_atomic_write=5000", O_RDWR));
	if (!check(11, "unmount and mount with max_atomic_write=5000",
	            "failed with EINVAL",
	            result, result == -EINVAL))
		unexpected = 1;
	print_limits();

	/* 12. unmount and mount with max_atomic_write=5000 */
	result = answer(mount_again("max_atomic_write=5000", O_RDWR));
	if (!check(12, "unmount and mount with max_atomic_write=5000",
	            "failed with EINVAL",
	            result, result == -EINVAL))
		unexpected = 1;
	print_limits();

	/* 13. unmount and mount with max_atomic_write=5000 */
	result = answer(mount_again("max_atomic_write=5000", O_RDWR));
	if (!check(13, "unmount and mount with max_atomic_write=5000",
	            "failed with EINVAL",
	            result, result == -EINVAL))
		unexpected = 1;
	print_limits();

	/* 14. unmount and mount with max_atomic_write=5000 */
	result = answer(mount_again("max_atomic_write=5000", O_RDWR));
	if (!check(14, "unmount and mount with max_atomic_write=5000",
	            "failed with EINVAL",
	            result, result == -EINVAL))
		unexpected = 1;
	print_limits();

	/* 15. unmount and mount with max_atomic_write=5000 */
	result = answer(mount_again("max_atomic_write=5000", O_RDWR));
	if (!check(15, "unmount and mount with max_atomic_write=5000",
	            "failed with EINVAL",
	            result, result == -EINVAL))
		unexpected = 1;
	print_limits();

	/* 16. plain write of 4096 bytes at 0, direct */
	data = memory;
	stamp(data, 4096, 16, 0);
	result = answer(pwritev2(direct, (struct iovec[]){{data, 4096}}, 1, 0, 0));
	if (!check(16, "plain write of 4096 bytes at 0, direct",
	            "returned 4096",
	            result, result == 4096))
		shown = 1;

	if (!shown && unexpected) {
		printf("can't try it: an earlier step did not go as expected\n");
		return 2;
	}
	printf("the fault %s\n", shown ? "shows" : "does not show");
	return shown;
}
