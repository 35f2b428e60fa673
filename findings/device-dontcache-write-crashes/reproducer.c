// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * block: a direct write with RWF_DONTCACHE to a device crashes the kernel
 *
 * Rule      Every operation returns.
 * Source    pwritev2(2), RETURN VALUE
 * Expected  answers to 3 operations
 * Actual    the kernel stopped after 0 in filemap_dontcache_kick_writeback
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
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#ifndef RWF_DONTCACHE
#define RWF_DONTCACHE 0x80 /* since 6.14 */
#endif

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

int main(int argc, char **argv)
{
	unsigned char *data;
	long result;

	if (argc != 2) {
		fprintf(stderr, "usage: %s DEVICE\n", argv[0]);
		return 2;
	}
	path = argv[1];
	get_memory();
	open_target();

	/* 1. plain write of 4096 bytes at 0, direct, DONTCACHE */
	data = memory;
	stamp(data, 4096, 1, 0);
	result = answer(pwritev2(direct, (struct iovec[]){{data, 4096}}, 1, 0, RWF_DONTCACHE));
	check(1, "plain write of 4096 bytes at 0, direct, DONTCACHE",
	      "an answer",
	      result, 1);

	printf("the kernel is still there: the fault does not show\n");
	return 0;
}
