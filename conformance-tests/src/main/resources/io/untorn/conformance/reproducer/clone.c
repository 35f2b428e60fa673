#include <stdint.h>
#include <sys/ioctl.h>

/* ioctl_ficlonerange(2) */
static int clone_range(int from, uint64_t source, uint64_t length, int to, uint64_t destination)
{
	struct {
		int64_t src_fd;
		uint64_t src_offset, src_length, dest_offset;
	} range = {from, source, length, destination};

	return ioctl(to, 0x4020940dUL /* FICLONERANGE */, &range);
}
