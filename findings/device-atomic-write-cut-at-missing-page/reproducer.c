// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * block: an atomic write to a device is cut where whole pages of its memory are missing
 *
 * Rule      An atomic write from memory of which a part is not mapped fails, with EFAULT or EINVAL, and writes
 *           nothing.
 * Source    pwritev2(2), RWF_ATOMIC: all or none
 * Source    kernel fs/iomap/direct-io.c, iomap_dio_bio_iter; block/fops.c, __blkdev_direct_IO_simple (6.12 to
 *           7.3)
 * Expected  failed with EFAULT, or failed with EINVAL
 * Actual    returned 4096
 * Seen on   7.3.4+deb13-cloud-amd64
 *
 * Build     gcc -static -Wall -Werror -O2 -o reproducer reproducer.c
 * Run       ./reproducer DEVICE
 *           DEVICE is a block device; WHAT IS ON IT IS LOST. Seen on a partition of the disk, through its device
 *           node; its size is no multiple of the longest atomic writes; reproducer.sh makes one.
 * Exit      1 the fault shows, 0 it does not, 2 it could not be tried
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#ifndef RWF_ATOMIC
#define RWF_ATOMIC 0x40 /* since 6.11 */
#endif

#define MEMORY 8192

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

/* Exit if the file takes no atomic writes; print a note if its limits are not those that the fault was seen with. */
static void need_atomic_writes(unsigned seen_min, unsigned seen_max)
{
	if (get_statx() < 0)
		give_up("statx");
	if (stx.stx_atomic_write_unit_max == 0) {
		printf("can't try it: statx reports no support for atomic writes to %s\n", path);
		exit(2);
	}
	if (stx.stx_atomic_write_unit_min != seen_min || stx.stx_atomic_write_unit_max != seen_max)
		printf("note: atomic_write_unit_min = %u, unit_max = %u on %s; the fault was seen with %u and %u\n",
		       stx.stx_atomic_write_unit_min, stx.stx_atomic_write_unit_max, path, seen_min, seen_max);
}

int main(int argc, char **argv)
{
	unsigned char *data;
	long result;
	int shown = 0;

	if (argc != 2) {
		fprintf(stderr, "usage: %s DEVICE\n", argv[0]);
		return 2;
	}
	path = argv[1];
	get_memory();
	open_target();
	need_atomic_writes(1024, 65536);

	/* 1. atomic write of 8192 bytes at 0, last 4096 bytes of memory missing */
	data = unmapped - 4096; /* of its 8192 bytes the last 4096 are not mapped */
	stamp(data, 4096, 1, 0);
	result = answer(pwritev2(direct, (struct iovec[]){{data, 8192}}, 1, 0, RWF_ATOMIC));
	if (!check(1, "atomic write of 8192 bytes at 0, last 4096 bytes of memory missing",
	            "failed with EFAULT, or failed with EINVAL",
	            result, (result == -EFAULT) || (result == -EINVAL)))
		shown = 1;

	printf("the fault %s\n", shown ? "shows" : "does not show");
	return shown;
}
