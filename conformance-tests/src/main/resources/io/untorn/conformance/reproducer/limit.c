#include <signal.h>
#include <sys/resource.h>

/* Set RLIMIT_FSIZE; it also limits this program's output if that is a file. */
static int limit_file_size(rlim_t bytes)
{
	struct rlimit limit = {bytes, RLIM_INFINITY};

	signal(SIGXFSZ, SIG_IGN);
	return setrlimit(RLIMIT_FSIZE, &limit);
}
