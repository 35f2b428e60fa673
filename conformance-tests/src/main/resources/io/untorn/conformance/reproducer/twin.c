#include <fcntl.h>
#include <limits.h>
#include <stdio.h>

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
