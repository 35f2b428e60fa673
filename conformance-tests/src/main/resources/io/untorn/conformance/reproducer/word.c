#include <stdint.h>

/* What a step lays down: each 8 bytes hold its number and their own place in the file. */
static uint64_t word(int step, long offset)
{
	return (uint64_t)(offset / 8) << 16 | step;
}
