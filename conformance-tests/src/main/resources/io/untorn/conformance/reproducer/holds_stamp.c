/*
 * Tell whether the LENGTH bytes at START of DATA, which was read at FROM, hold what STEP wrote (0: zeros) SHIFT bytes
 * before START.
 */
static int holds_stamp(const unsigned char *data, long from, long start, long length, int step, long shift)
{
	for (long at = start; at < start + length; at++) {
		long written = at - shift;
		unsigned char wanted = step ? word(step, written) >> 8 * (written % 8) : 0;

		if (data[at - from] != wanted)
			return 0;
	}
	return 1;
}
