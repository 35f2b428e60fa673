#include <unistd.h>

/* Let pread(2) store what STEP writes into the mapping that is kept; return the number of bytes. */
static long store_held(long offset, long length, int step)
{
	long bytes = inside(offset, length);

	if (bytes > 0) {
		stamp(stores + offset % 4096, bytes, step, offset);
		bytes = pread(stores_file, held + (offset - held_at), bytes, offset % 4096);
	}
	return bytes;
}
