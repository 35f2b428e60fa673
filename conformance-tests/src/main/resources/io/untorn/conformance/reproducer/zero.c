#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Fill a range of a device with zeros, up to the end of the device. */
static void zero(long from, long to)
{
	unsigned long size = 0;

	if (ioctl(control, 0x80081272UL /* BLKGETSIZE64 */, &size) < 0)
		return; /* a new file holds nothing */
	if (to > (long)size)
		to = size;
	memset(memory, 0, MEMORY);
	while (from < to) {
		long length = to - from < MEMORY ? to - from : MEMORY;

		if (pwrite(direct, memory, length, from) != length)
			give_up("zero");
		from += length;
	}
}
