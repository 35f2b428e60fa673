#include <fcntl.h>
#include <limits.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

/*
 * Allocate all free space of the file system but 64 pieces of 16 KiB, no two of which are neighbours. It keeps a number of
 * blocks for itself, but not certain ones, and would give those that lie together to the next file: as many are taken.
 */
static int leave_checkerboard_free(void)
{
	const long piece = 16384, some = 65536; /* to free any, a file system needs some free blocks */
	struct rlimit limit, none;
	struct statvfs space;
	long kept, pieces, i;
	int holding;

	begin_to_fill();
	if (fstatvfs(control, &space) < 0 || getrlimit(RLIMIT_FSIZE, &limit) < 0)
		give_up("ask for the free space beside");
	none = limit;
	none.rlim_cur = RLIM_INFINITY;
	setrlimit(RLIMIT_FSIZE, &none);
	kept = space.f_blocks * space.f_frsize / 100 * 8;
	pieces = 64 + kept / piece;
	take(pieced, 1L << 30, 2 * pieces * piece);
	take(little, some, some);
	take(filler, 1L << 30, LONG_MAX);
	holding = open(pieced, O_RDWR | O_CLOEXEC);
	if (holding < 0 || give_back(little) < 0 || ftruncate(holding, 2 * pieces * piece) < 0)
		give_up("give back the free space beside");
	for (i = 0; i < pieces; i++)
		if (fallocate(holding, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 2 * i * piece, piece) < 0)
			give_up("free pieces of the space beside");
	if (syncfs(holding) < 0)
		give_up("free pieces of the space beside");
	close(holding);
	take(little, 2 * some, kept + some);
	setrlimit(RLIMIT_FSIZE, &limit);
	return 0;
}
