#include <stdint.h>

/* Tell whether statx told this. */
static int told_is(uint64_t size, uint32_t min, uint32_t max, uint32_t optimal, uint32_t segments, int attribute)
{
	return told.stx_size == size && told.stx_atomic_write_unit_min == min &&
	       told.stx_atomic_write_unit_max == max && told.stx_atomic_write_unit_max_opt == optimal &&
	       told.stx_atomic_write_segments_max == segments &&
	       !!(told.stx_attributes & TOLD_ATTR_WRITE_ATOMIC) == attribute;
}
