#include <errno.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Hand over COUNT writes, so many AT_ONCE, by io_submit(2), and wait for them. Return their number. */
static long submit_batch(int file, int count, int at_once, const struct request *requests)
{
	static unsigned long context;
	struct iocb iocbs[MAX_REQUESTS], *pointers[MAX_REQUESTS];
	struct io_event event;
	int waiting = 0;

	if (!context && syscall(SYS_io_setup, MAX_REQUESTS, &context) < 0)
		give_up("io_setup for");
	for (int i = 0; i < count; i++) {
		iocbs[i] = (struct iocb){.aio_data = i, .aio_rw_flags = requests[i].flags,
					 .aio_lio_opcode = IOCB_CMD_PWRITE, .aio_fildes = file,
					 .aio_buf = (uintptr_t)requests[i].from, .aio_nbytes = requests[i].length,
					 .aio_offset = requests[i].offset};
		pointers[i] = &iocbs[i];
	}
	for (int next = 0; next < count;) {
		int most = at_once < count - next ? at_once : count - next;
		long taken = syscall(SYS_io_submit, context, most, pointers + next);

		if (taken > 0) {
			next += taken;
			waiting += taken;
		} else {
			results[next++] = -errno; /* it was not taken */
		}
		while (waiting > 0 && (at_once == 1 || next == count)) {
			if (syscall(SYS_io_getevents, context, 1, 1, &event, NULL) != 1)
				continue;
			results[event.data] = event.res;
			waiting--;
		}
	}
	return count;
}
