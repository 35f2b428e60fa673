/*
 * Tell whether DATA, read from FROM on, has at START, LENGTH bytes, what STEP wrote (0: zeros) SHIFT bytes before
 * that place.
 */
static int holds_stamp(const unsigned char *data, long from, long start, long length, int step, long shift)
{
	for (long at = start; at < start + length; at++) {
		long put = at - shift;
		unsigned char wanted = step ? word(step, put) >> 8 * (put % 8) : 0;

		if (data[at - from] != wanted)
			return 0;
	}
	return 1;
}
