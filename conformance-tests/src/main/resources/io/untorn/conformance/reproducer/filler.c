#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char filler[PATH_MAX], little[PATH_MAX], pieced[PATH_MAX]; /* files that hold the free space allocated */

/* Remove a file so that its blocks are free at once: unlink(2) alone may free them later. */
static int give_back(const char *file)
{
	int taken = open(file, O_RDWR | O_CLOEXEC), result;

	if (taken < 0)
		return errno == ENOENT ? 0 : -1;
	result = ftruncate(taken, 0) < 0 || unlink(file) < 0 || syncfs(taken) < 0 ? -1 : 0;
	close(taken);
	return result;
}

static void give_all_back(void)
{
	if (give_back(filler) < 0 || give_back(little) < 0 || give_back(pieced) < 0)
		perror(filler);
}

/* Allocate up to MOST bytes, in pieces of NEXT bytes, in smaller ones once none of a size is left. */
static void take(const char *file, long next, long most)
{
	int taking = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	long taken = 0;

	if (taking < 0)
		give_up("take the free space beside");
	while (next >= 512 && taken < most) {
		long piece = next < most - taken ? next : most - taken;

		if (fallocate(taking, FALLOC_FL_KEEP_SIZE, taken, piece) == 0)
			taken += piece;
		else if (errno == ENOSPC)
			next = piece / 4;
		else
			give_up("take the free space beside");
	}
	close(taking);
}

static void begin_to_fill(void)
{
	if (!filler[0]) {
		snprintf(filler, sizeof(filler), "%s.filler", path);
		snprintf(little, sizeof(little), "%s.little", path);
		snprintf(pieced, sizeof(pieced), "%s.pieced", path);
		atexit(give_all_back);
	}
	if (syncfs(control) < 0 || give_back(filler) < 0 || give_back(little) < 0 || give_back(pieced) < 0)
		give_up("give back the free space beside");
}
