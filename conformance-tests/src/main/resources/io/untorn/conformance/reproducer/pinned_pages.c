#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static long pinned_before; /* pages that were pinned when the program began */

/* Count the pages that are pinned for direct I/O, on the whole machine. */
static long pinned_pages(void)
{
	int refresh = open("/proc/sys/vm/stat_refresh", O_RDONLY | O_CLOEXEC);
	FILE *counters = fopen("/proc/vmstat", "r");
	char name[128];
	long value, acquired = 0, released = 0;

	if (refresh >= 0) {
		if (read(refresh, name, sizeof(name)) < 0)
			perror("/proc/sys/vm/stat_refresh");
		close(refresh);
	}
	while (counters && fscanf(counters, "%127s %ld", name, &value) == 2) {
		if (!strcmp(name, "nr_foll_pin_acquired"))
			acquired = value;
		if (!strcmp(name, "nr_foll_pin_released"))
			released = value;
	}
	if (counters)
		fclose(counters);
	return acquired - released;
}

static void note_pinned_pages(void)
{
	pinned_before = pinned_pages();
}

/* Count the pages that are pinned since; what is released a little later does not count. */
static int pages_still_pinned(void)
{
	int tries = 0;

	while (pinned_pages() != pinned_before && tries++ < 50)
		usleep(10000);
	return pinned_pages() != pinned_before;
}
