#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* a write that is handed over together with others */
struct request {
	const void *from;
	uint32_t length;
	long offset;
	int flags;
};

#define MAX_REQUESTS 4

/* what the last of them came back with: bytes, or errnos negated */
static long results[MAX_REQUESTS];

static void print_results(int count)
{
	for (int i = 0; i < count; i++) {
		printf("  request %d: ", i + 1);
		if (results[i] < 0)
			printf("errno %ld, %s\n", -results[i], strerror(-results[i]));
		else
			printf("%ld\n", results[i]);
	}
}
