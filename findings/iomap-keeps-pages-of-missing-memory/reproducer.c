// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * iomap: an atomic write from partly mapped memory keeps pages pinned
 *
 * Rule      Once all operations have returned, as many pages of memory have been released as were pinned.
 * Source    kernel Documentation/core-api/pin_user_pages.rst, nr_foll_pin_acquired, nr_foll_pin_released
 * Expected  returned 0
 * Actual    found 1 pages of memory are still pinned
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

#define MEMORY 20480
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

/* Map the part of a range that lies before EOF; return its length in bytes, or -1. */
static long map(long offset, long length, int protection, unsigned char **mapping)
{
	long before = offset % 4096, inside;

	if (get_statx() < 0)
		return -1;
	inside = (long)stx.stx_size - offset < length ? (long)stx.stx_size - offset : length;
	*mapping = NULL;
	if (inside <= 0)
		return 0;
	*mapping = mmap(NULL, before + inside, protection, MAP_SHARED, control, offset - before);
	if (*mapping == MAP_FAILED)
		return -1;
	*mapping += before;
	return inside;
}

static void unmap(unsigned char *mapping, long inside)
{
	long before = (unsigned long)mapping % 4096;

	if (mapping)
		munmap(mapping - before, before + inside);
}

/* Copy from a shared mapping into memory; return the number of bytes. */
static long load(long offset, long length)
{
	unsigned char *mapping;
	long inside = map(offset, length, PROT_READ, &mapping);

	if (inside > 0) {
		memcpy(memory, mapping, inside);
		unmap(mapping, inside);
	}
	return inside;
}

static long pinned_before; /* pages that were pinned when the program began */

/* Count the pages that are pinned for direct I/O, on the whole machine. */
static long pinned_pages(void)
{
	int refresh = open("/proc/sys/vm/stat_refresh", O_RDONLY | O_CLOEXEC);
	FILE *counters = fopen("/proc/vmstat", "r");
	char name[128];
	long value, acquired = 0, released = 0;

	if (refresh >= 0) {
		if (read(refresh, name, sizeof(name)) < 0)
			perror("/proc/sys/vm/stat_refresh");
		close(refresh);
	}
	while (counters && fscanf(counters, "%127s %ld", name, &value) == 2) {
		if (!strcmp(name, "nr_foll_pin_acquired"))
			acquired = value;
		if (!strcmp(name, "nr_foll_pin_released"))
			released = value;
	}
	if (counters)
		fclose(counters);
	return acquired - released;
}

static void note_pinned_pages(void)
{
	pinned_before = pinned_pages();
}

/* Count the pages that are pinned since; what is released a little later does not count. */
static int pages_still_pinned(void)
{
	int tries = 0;

	while (pinned_pages() != pinned_before && tries++ < 50)
		usleep(10000);
	return pinned_pages() != pinned_before;
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
	note_pinned_pages();
	open_target();
	need_atomic_writes(4096, 262144);

	/* 1. atomic write of 4096 bytes at 0, last 512 bytes of memory missing */
	data = unmapped - 3584; /* of its 4096 bytes the last 512 are not mapped */
	stamp(data, 3584, 1, 0);
	result = answer(pwritev2(direct, (struct iovec[]){{data, 4096}}, 1, 0, RWF_ATOMIC));
	if (!check(1, "atomic write of 4096 bytes at 0, last 512 bytes of memory missing",
	            "failed with EFAULT, or failed with EINVAL",
	            result, (result == -EFAULT) || (result == -EINVAL)))
		unexpected = 1;

	/* 2. statx */
	result = answer(get_statx());
	if (!check(2, "statx",
	            "reported size 0, Limits[unitMin=4096, unitMax=262144, unitMaxOptimal=65536, segmentsMax=1, attribute=true]",
	            result, result == 0 && statx_is(0, 4096, 262144, 65536, 1, 1)))
		unexpected = 1;
	print_limits();

	/* 3. read of 20480 bytes at 0, direct */
	result = answer(preadv2(direct, &(struct iovec){memory, 20480}, 1, 0, 0));
	if (!check(3, "read of 20480 bytes at 0, direct",
	            "read 0 bytes: no bytes",
	            result, result == 0))
		unexpected = 1;
	print_data(memory, 0, result);

	/* 4. read of 8192 bytes at 0, buffered */
	result = answer(preadv2(buffered, &(struct iovec){memory, 8192}, 1, 0, 0));
	if (!check(4, "read of 8192 bytes at 0, buffered",
	            "read 0 bytes: no bytes",
	            result, result == 0))
		unexpected = 1;
	print_data(memory, 0, result);

	/* 5. load of 8192 bytes at 0 from a mapping */
	result = answer(load(0, 8192));
	if (!check(5, "load of 8192 bytes at 0 from a mapping",
	            "read 0 bytes: no bytes",
	            result, result == 0))
		unexpected = 1;
	print_data(memory, 0, result);

	/* 6. audit of the pinned pages */
	result = answer(pages_still_pinned());
	if (!check(6, "audit of the pinned pages",
	            "returned 0",
	            result, result == 0))
		shown = 1;

	if (!shown && unexpected) {
		printf("can't try it: an earlier step did not go as expected\n");
		return 2;
	}
	printf("the fault %s\n", shown ? "shows" : "does not show");
	return shown;
}
