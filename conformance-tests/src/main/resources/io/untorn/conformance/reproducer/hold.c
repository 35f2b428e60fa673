#include <sys/mman.h>

/* Map a range, and its pages at once, in place of what was kept before. */
static int hold_mapping(long offset, long length)
{
	long before = offset % 4096;
	unsigned char *mapping;

	release_mapping();
	mapping = mmap(NULL, before + length, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, control,
		       offset - before);
	if (mapping == MAP_FAILED)
		return -1;
	held = mapping + before;
	held_at = offset;
	held_length = length;
	return 0;
}
