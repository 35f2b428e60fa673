#include <sys/mman.h>

static unsigned char *held; /* the first byte of a shared mapping that is kept, or NULL */
static long held_at, held_length;

static int release_mapping(void)
{
	long before = held_at % 4096;

	if (held)
		munmap(held - before, before + held_length);
	held = NULL;
	return 0;
}
