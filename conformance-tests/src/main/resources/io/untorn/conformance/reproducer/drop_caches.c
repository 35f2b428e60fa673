#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* Drop clean pages, inodes and dentries from the caches. */
static int drop_caches(void)
{
	int caches = open("/proc/sys/vm/drop_caches", O_WRONLY | O_CLOEXEC), result, reason;

	if (caches < 0)
		give_up("drop the caches of");
	result = write(caches, "3", 1) < 0 ? -1 : 0;
	reason = errno;
	close(caches);
	errno = reason;
	return result;
}
