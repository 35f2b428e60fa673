// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * ext4: an atomic append from memory that is mapped in part falls back to the page cache
 *
 * Rule      No operation makes the kernel complain.
 * Source    kernel Documentation/process/coding-style.rst, Do not crash the kernel
 * Source    Ojaswin Mujoo, 2023-12-04, Re: [RFC 0/7] ext4: Allocator changes for atomic write support with DIO,
 *           Message-ID ZW3WZ6prrdsPc55Z@li-bb2b2a4c-3307-11b2-a85c-8fa5c3a69313.ibm.com, quoted WARNING in
 *           ext4_mb_regular_allocator
 * Expected  a quiet console
 * Actual    WARNING: CPU: 0 PID: 125 at fs/ext4/file.c:610 ext4_file_write_iter+0x94e/0x970
 * Seen on   6.18.15+deb13-cloud-amd64
 *
 * Build     gcc -static -Wall -Werror -O2 -o reproducer reproducer.c
 * Run       ./reproducer FILE
 *           FILE must not exist yet. Seen on a file on ext4 with 4 KiB blocks, without bigalloc; the disk, the
 *           file system and the mount are yours, reproducer.sh makes them.
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

static int kmsg;
static int warned; /* before the program began, so that WARN_ON_ONCE may stay silent */

/* Re-arm WARN_ON_ONCE; if that fails, see whether a warning came before. */
static void rearm_warnings(void)
{
	char text[24] = "";
	int again = open("/sys/kernel/debug/clear_warn_once", O_WRONLY | O_CLOEXEC);
	int tainted = open("/proc/sys/kernel/tainted", O_RDONLY | O_CLOEXEC);

	if ((again < 0 || write(again, "1", 1) != 1) && read(tainted, text, sizeof(text) - 1) > 0)
		warned = (strtoul(text, NULL, 10) & 512 /* TAINT_WARN */) != 0;
	close(again);
	close(tainted);
}

/* Open the kernel's log at its end. */
static void open_log(void)
{
	rearm_warnings();
	kmsg = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (kmsg < 0 || lseek(kmsg, 0, SEEK_END) < 0) {
		printf("can't try it: may not read /dev/kmsg, where the fault shows: run it as root\n");
		exit(2);
	}
}

static int others; /* complaints of other functions */

/* Print the complaints among what the kernel logged; return how many name PLACE. */
static int complaints(const char *place)
{
	static const char *starts[] = {"WARNING: ", "BUG: ", "kernel BUG at ", "Oops: ", "general protection fault",
				       "UBSAN: ", "EXT4-fs error ", ": Corruption", ": Internal error",
				       ": Metadata corruption", "hutting down filesystem", "Buffer I/O error ",
				       "I/O error, dev "};
	char record[8192];
	ssize_t length;
	int count = 0;

	while ((length = read(kmsg, record, sizeof(record) - 1)) > 0) {
		char *text;

		record[length] = 0;
		text = strchr(record, ';') ? strchr(record, ';') + 1 : record;
		text[strcspn(text, "\n")] = 0;
		for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
			if (strstr(text, starts[i])) {
				printf("kernel: %s\n", text);
				if (strstr(text, place))
					count++;
				else
					others++;
				break;
			}
	}
	return count;
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
	open_log();
	get_memory();
	open_target();
	need_atomic_writes(4096, 4096);

	/* 1. plain write of 512 bytes at 0, buffered */
	data = memory;
	stamp(data, 512, 1, 0);
	result = answer(pwritev2(buffered, (struct iovec[]){{data, 512}}, 1, 0, 0));
	if (!check(1, "plain write of 512 bytes at 0, buffered",
	            "returned 512",
	            result, result == 512))
		unexpected = 1;

	/* 2. atomic write of 4096 bytes at 0, APPEND, last 512 bytes of memory missing */
	data = unmapped - 3584; /* of its 4096 bytes the last 512 are not mapped */
	stamp(data, 3584, 2, 0);
	result = answer(pwritev2(direct, (struct iovec[]){{data, 4096}}, 1, 0, RWF_APPEND | RWF_ATOMIC));
	if (!check(2, "atomic write of 4096 bytes at 0, APPEND, last 512 bytes of memory missing",
	            "failed with EINVAL, or failed with EREMOTEIO, or failed with EUCLEAN, or failed with EFAULT, or failed with EAGAIN",
	            result, (result == -EINVAL) || (result == -EREMOTEIO) || (result == -EUCLEAN) || (result == -EFAULT) || (result == -EAGAIN)))
		unexpected = 1;

	shown = complaints("ext4_file_write_iter+") > 0;
	if (!shown && others) {
		printf("can't try it: the kernel complained, but in another function than this was seen in\n");
		return 2;
	}
	if (!shown && warned) {
		printf("can't try it: the kernel warned before this run, and WARN_ON_ONCE may now be silent: mount debugfs on /sys/kernel/debug, or reboot\n");
		return 2;
	}
	if (!shown && unexpected) {
		printf("can't try it: an earlier step did not go as expected\n");
		return 2;
	}
	printf("the fault %s\n", shown ? "shows" : "does not show");
	return shown;
}
