#include <errno.h>
#include <unistd.h>

/* Open the descriptors of writes and reads again with FLAGS; if that fails, the old ones stay open. */
static int reopen(int flags)
{
	int before[] = {buffered, direct};

	if (open_data(flags) < 0) {
		int reason = errno;

		close(buffered);
		close(direct);
		buffered = before[0];
		direct = before[1];
		errno = reason;
		return -1;
	}
	close(before[0]);
	close(before[1]);
	return 0;
}
