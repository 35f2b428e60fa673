// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0
/*
 * ext4-bigalloc: audit of the file system: found e2fsck exits with 4; Inode 13, i_blocks is 32, should be 64.  …
 * (file-system-is-consistent)
 *
 * Rule      After an unmount the file system's own checker finds nothing to repair.
 * Source    e2fsck(8), EXIT CODE
 * Source    xfs_repair(8), EXIT STATUS
 * Expected  returned 0
 * Actual    found e2fsck exits with 4; Inode 13, i_blocks is 32, should be 64.  Fix? no; /dev/sda: **********
 *           WARNING: Filesystem still has errors **********; /dev/sda: 13/20544 files (15.4% non-contiguous),
 *           5420/82176 blocks
 * Seen on   7.3.4+deb13-cloud-amd64
 *
 * Build     gcc -static -Wall -Werror -O2 -o reproducer reproducer.c
 * Run       ./reproducer FILE
 *           FILE must not exist yet. Seen on a file on ext4 with 4 KiB blocks in clusters of 16 KiB; the disk,
 *           the file system and the mount are yours, reproducer.sh makes them.
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

#define FS_IMMUTABLE_FL 0x10
#define FS_APPEND_FL 0x20
#define FS_JOURNAL_DATA_FL 0x4000

static unsigned attribute;

static int set_attribute(unsigned wanted)
{
	unsigned flags;

	if (ioctl(control, 0x80086601UL /* FS_IOC_GETFLAGS */, &flags) < 0)
		return -1;
	flags = (flags & ~(FS_IMMUTABLE_FL | FS_APPEND_FL | FS_JOURNAL_DATA_FL)) | wanted;
	if (ioctl(control, 0x40086602UL /* FS_IOC_SETFLAGS */, &flags) < 0)
		return -1;
	attribute = wanted;
	return fsync(control);
}

static void clear_attribute(void)
{
	if (attribute && set_attribute(0) < 0)
		perror(path);
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

/* Unmount, let the checker of the file system look, mount, and open the file again with FLAGS. */
static int check_file_system(int flags)
{
	char command[4200];
	unsigned had = attribute;
	int status;

	clear_attribute();
	find_mount();
	close(control);
	close(buffered);
	close(direct);
	close(twin);
	close(twin_direct);
	close(twin_buffered);
	if (umount(directory) < 0)
		give_up("unmount the file system of");
	snprintf(command, sizeof(command), "%s -n %s", strcmp(type, "xfs") ? "e2fsck -f" : "xfs_repair", device);
	status = system(command);
	if (mount(device, directory, type, 0, "") < 0)
		give_up("mount the file system of");
	control = open(path, O_RDWR | O_CLOEXEC);
	if (control < 0 || open_data(flags) < 0)
		give_up("open");
	open_twin(0);
	if (had && set_attribute(had) < 0)
		give_up("set the attribute again of");
	return status != 0;
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

	/* 1. plain write of 4096 bytes at 0, direct */
	data = memory;
	stamp(data, 4096, 1, 0);
	result = answer(pwritev2(direct, (struct iovec[]){{data, 4096}}, 1, 0, 0));
	if (!check(1, "plain write of 4096 bytes at 0, direct",
	            "returned 4096",
	            result, result == 4096))
		unexpected = 1;

	/* 2. plain write of 4096 bytes at 17592186028032, buffered */
	data = memory;
	stamp(data, 4096, 2, 17592186028032);
	result = answer(pwritev2(buffered, (struct iovec[]){{data, 4096}}, 1, 17592186028032, 0));
	if (!check(2, "plain write of 4096 bytes at 17592186028032, buffered",
	            "returned 4096",
	            result, result == 4096))
		unexpected = 1;

	/* 3. audit of the file system */
	result = answer(check_file_system(O_RDWR));
	if (!check(3, "audit of the file system",
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
