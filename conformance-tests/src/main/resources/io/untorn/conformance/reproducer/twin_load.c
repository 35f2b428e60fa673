#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Copy from a shared mapping of the twin into memory; return the number of bytes. */
static long load_twin(long offset, long length)
{
	long before = offset % 4096, end = lseek(twin, 0, SEEK_END);
	long inside = end - offset < length ? end - offset : length;
	unsigned char *mapping;

	if (inside <= 0)
		return 0;
	mapping = mmap(NULL, before + inside, PROT_READ, MAP_SHARED, twin, offset - before);
	if (mapping == MAP_FAILED)
		return -1;
	memcpy(memory, mapping + before, inside);
	munmap(mapping, before + inside);
	return inside;
}
