#include <libgen.h>
#include <stdio.h>

/* Get the limits of the directory that the target is in; its size counts as 0. */
static int statx_directory(void)
{
	char name[4096];
	int result;

	snprintf(name, sizeof(name), "%s", path);
	result = statx_at(dirname(name), 0);
	stx.stx_size = 0;
	return result;
}
