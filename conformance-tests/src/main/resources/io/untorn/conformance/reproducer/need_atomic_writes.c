#include <stdio.h>
#include <stdlib.h>

/* Exit if the file takes no atomic writes; print a note if its limits are not those that the fault was seen with. */
static void need_atomic_writes(unsigned seen_min, unsigned seen_max)
{
	if (get_statx() < 0)
		give_up("statx");
	if (stx.stx_atomic_write_unit_max == 0) {
		printf("can't try it: statx reports no support for atomic writes to %s\n", path);
		exit(2);
	}
	if (stx.stx_atomic_write_unit_min != seen_min || stx.stx_atomic_write_unit_max != seen_max)
		printf("note: atomic_write_unit_min = %u, unit_max = %u on %s; the fault was seen with %u and %u\n",
		       stx.stx_atomic_write_unit_min, stx.stx_atomic_write_unit_max, path, seen_min, seen_max);
}
