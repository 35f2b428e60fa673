/* Return how many bytes of a range lie before EOF, or -1. */
static long inside(long offset, long length)
{
	long left;

	if (get_statx() < 0)
		return -1;
	left = (long)stx.stx_size - offset;
	return left <= 0 ? 0 : left < length ? left : length;
}
