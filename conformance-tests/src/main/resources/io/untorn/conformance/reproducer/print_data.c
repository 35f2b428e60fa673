#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Print which step wrote which part of DATA, which was read at FROM. */
static void print_data(const unsigned char *data, long from, long length)
{
	for (long start = 0; start < length;) {
		uint64_t first = 0, next = 0;
		long end = start + 8;
		int step;
		long shift;

		memcpy(&first, data + start, start + 8 <= length ? 8 : length - start);
		step = first & 0xffff;
		shift = from + start - (long)(first >> 16) * 8;
		for (; end + 8 <= length; end += 8) {
			memcpy(&next, data + end, 8);
			if (step >= 1 && step <= STEPS ? next != word(step, from + end - shift) : next != first)
				break;
		}
		if (end > length)
			end = length;
		printf("            bytes %ld to %ld: ", from + start, from + end - 1);
		if (first == 0)
			printf("zeros\n");
		else if (step < 1 || step > STEPS)
			printf("data of no step, 0x%016llx\n", (unsigned long long)first);
		else if (shift == 0)
			printf("data of step %d\n", step);
		else
			printf("data of step %d that belongs %ld bytes %s\n", step, labs(shift),
			       shift > 0 ? "before" : "after");
		start = end;
	}
}
