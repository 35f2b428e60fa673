#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* Let the kernel forget what is cached and not dirty: pages, inodes and names. */
static int drop_caches(void)
{
	int caches = open("/proc/sys/vm/drop_caches", O_WRONLY | O_CLOEXEC), result, reason;

	if (caches < 0)
		give_up("drop what is cached of");
	result = write(caches, "3", 1) < 0 ? -1 : 0;
	reason = errno;
	close(caches);
	errno = reason;
	return result;
}
