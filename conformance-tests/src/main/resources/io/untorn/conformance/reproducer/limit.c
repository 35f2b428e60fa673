#include <signal.h>
#include <sys/resource.h>

/* Limit the size of files, this program's output among them where that is a file. */
static int limit_file_size(rlim_t bytes)
{
	struct rlimit limit = {bytes, RLIM_INFINITY};

	signal(SIGXFSZ, SIG_IGN);
	return setrlimit(RLIMIT_FSIZE, &limit);
}
