#include <stdint.h>

/* Tell whether statx reported this size and these limits. */
static int statx_is(uint64_t size, uint32_t min, uint32_t max, uint32_t optimal, uint32_t segments, int attribute)
{
	return stx.stx_size == size && stx.stx_atomic_write_unit_min == min &&
	       stx.stx_atomic_write_unit_max == max && stx.stx_atomic_write_unit_max_opt == optimal &&
	       stx.stx_atomic_write_segments_max == segments &&
	       !!(stx.stx_attributes & ATTR_WRITE_ATOMIC) == attribute;
}
