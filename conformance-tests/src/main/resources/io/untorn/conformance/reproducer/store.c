#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* The data of stores into mappings: a memfd, mapped. */
static unsigned char *stores;
static int stores_file;

static void get_stores(void)
{
	stores_file = memfd_create("stores", MFD_CLOEXEC);
	if (stores_file < 0 || ftruncate(stores_file, STORES) < 0) {
		perror("memfd_create");
		exit(2);
	}
	stores = mmap(NULL, STORES, PROT_READ | PROT_WRITE, MAP_SHARED, stores_file, 0);
	if (stores == MAP_FAILED) {
		perror("mmap");
		exit(2);
	}
}

/*
 * Let pread(2) store what STEP writes into a shared mapping; return the number of bytes. If a page fault fails, that is
 * fewer, or EFAULT, instead of a SIGBUS.
 */
static long store(long offset, long length, int step)
{
	unsigned char *mapping;
	long inside = map(offset, length, PROT_READ | PROT_WRITE, &mapping), stored = inside;
	int reason;

	if (inside > 0) {
		stamp(stores + offset % 4096, inside, step, offset);
		stored = pread(stores_file, mapping, inside, offset % 4096);
		reason = errno;
		unmap(mapping, inside);
		errno = reason;
	}
	return stored;
}
