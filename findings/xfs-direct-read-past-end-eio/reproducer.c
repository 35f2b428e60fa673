// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * xfs: a direct read that reaches past EOF fails with EIO after a software atomic write
 *
 * Rule      A read returns as many bytes as lie before the end of the target.
 * Source    read(2), RETURN VALUE
 * Expected  read 32776 bytes: bytes 32768 to 49151: zeros; bytes 49152 to 63687: data of operation 2; bytes
 *           63688 to 65543: data of operation 3
 * Actual    failed with EIO
 * Seen on   7.3.4+deb13-cloud-amd64
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

#define MEMORY 53248
#define STEPS 6

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

/*
 * Tell whether the LENGTH bytes at START of DATA, which was read at FROM, hold what STEP wrote (0: zeros) SHIFT bytes
 * before START.
 */
static int holds_stamp(const unsigned char *data, long from, long start, long length, int step, long shift)
{
	for (long at = start; at < start + length; at++) {
		long written = at - shift;
		unsigned char wanted = step ? word(step, written) >> 8 * (written % 8) : 0;

		if (data[at - from] != wanted)
			return 0;
	}
	return 1;
}

/* Print which step wrote which part of DATA, which was read at FROM. */
static void print_data(const unsigned char *data, long from, long length)
{
	for (long start = 0; start < length;) {
		uint64_t first = 0, next = 0;
		long end = start + 8;
		int step;
		long shift;

		memcpy(&first, data + start, start + 8 <= length ? 8 : length - start);
		step = first & 0xffff;
		shift = from + start - (long)(first >> 16) * 8;
		for (; end + 8 <= length; end += 8) {
			memcpy(&next, data + end, 8);
			if (step >= 1 && step <= STEPS ? next != word(step, from + end - shift) : next != first)
				break;
		}
		if (end > length)
			end = length;
		printf("            bytes %ld to %ld: ", from + start, from + end - 1);
		if (first == 0)
			printf("zeros\n");
		else if (step < 1 || step > STEPS)
			printf("data of no step, 0x%016llx\n", (unsigned long long)first);
		else if (shift == 0)
			printf("data of step %d\n", step);
		else
			printf("data of step %d that belongs %ld bytes %s\n", step, labs(shift),
			       shift > 0 ? "before" : "after");
		start = end;
	}
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

/* Tell whether statx reported this size and these limits. */
static int statx_is(uint64_t size, uint32_t min, uint32_t max, uint32_t optimal, uint32_t segments, int attribute)
{
	return stx.stx_size == size && stx.stx_atomic_write_unit_min == min &&
	       stx.stx_atomic_write_unit_max == max && stx.stx_atomic_write_unit_max_opt == optimal &&
	       stx.stx_atomic_write_segments_max == segments &&
	       !!(stx.stx_attributes & ATTR_WRITE_ATOMIC) == attribute;
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
	int unexpected = 0;

	if (argc != 2) {
		fprintf(stderr, "usage: %s FILE\n", argv[0]);
		return 2;
	}
	path = argv[1];
	get_memory();
	open_target();
	need_atomic_writes(4096, 262144);

	/* 1. plain write of 4096 bytes at 0, direct */
	data = memory;
	stamp(data, 4096, 1, 0);
	result = answer(pwritev2(direct, (struct iovec[]){{data, 4096}}, 1, 0, 0));
	if (!check(1, "plain write of 4096 bytes at 0, direct",
	            "returned 4096",
	            result, result == 4096))
		unexpected = 1;

	/* 2. atomic write of 16384 bytes at 49152 */
	data = memory;
	stamp(data, 16384, 2, 49152);
	result = answer(pwritev2(direct, (struct iovec[]){{data, 16384}}, 1, 49152, RWF_ATOMIC));
	if (!check(2, "atomic write of 16384 bytes at 49152",
	            "returned 16384",
	            result, result == 16384))
		unexpected = 1;

	/* 3. plain write of 1856 bytes at 63688, buffered */
	data = memory;
	stamp(data, 1856, 3, 63688);
	result = answer(pwritev2(buffered, (struct iovec[]){{data, 1856}}, 1, 63688, 0));
	if (!check(3, "plain write of 1856 bytes at 63688, buffered",
	            "returned 1856",
	            result, result == 1856))
		unexpected = 1;

	/* 4. statx */
	result = answer(get_statx());
	if (!check(4, "statx",
	            "reported size 65544, Limits[unitMin=4096, unitMax=262144, unitMaxOptimal=65536, segmentsMax=1, attribute=true]",
	            result, result == 0 && statx_is(65544, 4096, 262144, 65536, 1, 1)))
		unexpected = 1;
	print_limits();

	/* 5. read of 20480 bytes at 0, direct */
	result = answer(preadv2(direct, &(struct iovec){memory, 20480}, 1, 0, 0));
	if (!check(5, "read of 20480 bytes at 0, direct",
	            "read 20480 bytes: bytes 0 to 4095: data of step 1; bytes 4096 to 20479: zeros",
	            result, result == 20480 && holds_stamp(memory, 0, 0, 4096, 1, 0) && holds_stamp(memory, 0, 4096, 16384, 0, 0)))
		unexpected = 1;
	print_data(memory, 0, result);

	/* 6. read of 53248 bytes at 32768, direct */
	result = answer(preadv2(direct, &(struct iovec){memory, 53248}, 1, 32768, 0));
	if (!check(6, "read of 53248 bytes at 32768, direct",
	            "read 32776 bytes: bytes 32768 to 49151: zeros; bytes 49152 to 63687: data of step 2; bytes 63688 to 65543: data of step 3",
	            result, result == 32776 && holds_stamp(memory, 32768, 32768, 16384, 0, 0) && holds_stamp(memory, 32768, 49152, 14536, 2, 0) && holds_stamp(memory, 32768, 63688, 1856, 3, 0)))
		shown = 1;
	print_data(memory, 32768, result);

	if (!shown && unexpected) {
		printf("can't try it: an earlier step did not go as expected\n");
		return 2;
	}
	printf("the fault %s\n", shown ? "shows" : "does not show");
	return shown;
}
