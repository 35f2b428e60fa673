#include <string.h>
#include <sys/mman.h>

/* Map the part of a range that lies before EOF; return its length in bytes, or -1. */
static long map(long offset, long length, int protection, unsigned char **mapping)
{
	long before = offset % 4096, inside;

	if (get_statx() < 0)
		return -1;
	inside = (long)stx.stx_size - offset < length ? (long)stx.stx_size - offset : length;
	*mapping = NULL;
	if (inside <= 0)
		return 0;
	*mapping = mmap(NULL, before + inside, protection, MAP_SHARED, control, offset - before);
	if (*mapping == MAP_FAILED)
		return -1;
	*mapping += before;
	return inside;
}

static void unmap(unsigned char *mapping, long inside)
{
	long before = (unsigned long)mapping % 4096;

	if (mapping)
		munmap(mapping - before, before + inside);
}
