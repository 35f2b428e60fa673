#include <stdio.h>
#include <stdlib.h>

/* End where the file takes no atomic writes; say so where its limits are not those this was seen with. */
static void need_atomic_writes(unsigned seen_min, unsigned seen_max)
{
	if (ask() < 0)
		give_up("statx");
	if (told.stx_atomic_write_unit_max == 0) {
		printf("can't try it: %s does not support atomic writes, statx says\n", path);
		exit(2);
	}
	if (told.stx_atomic_write_unit_min != seen_min || told.stx_atomic_write_unit_max != seen_max)
		printf("note: %s takes atomic writes of %u to %u bytes; this was seen with %u to %u\n", path,
		       told.stx_atomic_write_unit_min, told.stx_atomic_write_unit_max, seen_min, seen_max);
}
