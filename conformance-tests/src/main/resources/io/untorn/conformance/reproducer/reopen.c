#include <unistd.h>

/* Close what is written and read through, and open it with other flags. */
static int reopen(int flags)
{
	close(buffered);
	close(direct);
	return open_data(flags);
}
