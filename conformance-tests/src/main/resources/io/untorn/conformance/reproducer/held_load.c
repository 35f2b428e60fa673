#include <string.h>

/* Copy from the mapping that is kept into memory; return the number of bytes. */
static long load_held(long offset, long length)
{
	long bytes = inside(offset, length);

	if (bytes > 0)
		memcpy(memory, held + (offset - held_at), bytes);
	return bytes;
}
