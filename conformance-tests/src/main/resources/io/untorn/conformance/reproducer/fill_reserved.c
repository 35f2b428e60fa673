#include <sys/statvfs.h>

/* Allocate all free space of the file system that others than root may take. */
static int leave_reserved_free(void)
{
	struct statvfs space;

	begin_to_fill();
	if (fstatvfs(control, &space) < 0)
		give_up("ask for the free space beside");
	take(filler, 1L << 30, space.f_bavail * space.f_frsize);
	return 0;
}
