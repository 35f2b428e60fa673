#include <string.h>
#include <sys/mman.h>

/* Copy from a shared mapping into memory; return the number of bytes. */
static long load(long offset, long length)
{
	unsigned char *mapping;
	long inside = map(offset, length, PROT_READ, &mapping);

	if (inside > 0) {
		memcpy(memory, mapping, inside);
		unmap(mapping, inside);
	}
	return inside;
}
