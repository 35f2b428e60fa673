#include <stdio.h>

/* Print the size and the limits that statx reported. */
static void print_limits(void)
{
	printf("            size %llu; atomic writes: unit_min %u, unit_max %u, unit_max_opt %u, segments_max %u, "
	       "attribute %d, in mask %d, in attributes_mask %d\n",
	       (unsigned long long)stx.stx_size, stx.stx_atomic_write_unit_min, stx.stx_atomic_write_unit_max,
	       stx.stx_atomic_write_unit_max_opt, stx.stx_atomic_write_segments_max,
	       !!(stx.stx_attributes & ATTR_WRITE_ATOMIC), !!(stx.stx_mask & MASK_WRITE_ATOMIC),
	       !!(stx.stx_attributes_mask & ATTR_WRITE_ATOMIC));
}
