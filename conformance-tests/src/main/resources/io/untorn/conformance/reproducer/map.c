#include <string.h>
#include <sys/mman.h>

/* Map as much of a range as lies before the end of the file; return the bytes, or -1. */
static long map(long offset, long length, int protection, unsigned char **mapping)
{
	long before = offset % 4096, inside;

	if (ask() < 0)
		return -1;
	inside = (long)told.stx_size - offset < length ? (long)told.stx_size - offset : length;
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
