#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Turn what a system call returned into what it returned, or the errno negated. */
static long answer(long result)
{
	return result < 0 ? -errno : result;
}

/* Print what a step gave and what it may give; return whether it may give that. */
static int tell(int step, const char *words, const char *expected, long result, int fits)
{
	printf("step %d: %s\n  expected: %s\n  got:      ", step, words, expected);
	if (result < 0)
		printf("errno %ld, %s", -result, strerror(-result));
	else
		printf("%ld", result);
	printf("%s\n", fits ? "" : "    <-- not as expected");
	fflush(stdout);
	return fits;
}
