#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

/* Where writes have their data and reads put it; behind it is as much that nobody may touch. */
static unsigned char *memory;
#define nowhere (memory + MEMORY)

static void get_memory(void)
{
	memory = mmap(NULL, 2L * MEMORY, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED || mprotect(memory, MEMORY, PROT_READ | PROT_WRITE) < 0) {
		perror("mmap");
		exit(2);
	}
}
