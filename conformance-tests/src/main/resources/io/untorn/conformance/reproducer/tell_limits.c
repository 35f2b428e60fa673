#include <stdio.h>

/* Print what statx told. */
static void tell_limits(void)
{
	printf("            size %llu; atomic writes: unit_min %u, unit_max %u, unit_max_opt %u, segments_max %u, "
	       "attribute %d, in mask %d, in attributes_mask %d\n",
	       (unsigned long long)told.stx_size, told.stx_atomic_write_unit_min, told.stx_atomic_write_unit_max,
	       told.stx_atomic_write_unit_max_opt, told.stx_atomic_write_segments_max,
	       !!(told.stx_attributes & TOLD_ATTR_WRITE_ATOMIC), !!(told.stx_mask & TOLD_WRITE_ATOMIC),
	       !!(told.stx_attributes_mask & TOLD_ATTR_WRITE_ATOMIC));
}
