#include <errno.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Write LENGTH bytes, or segments, with io_submit(2), and wait for the completion. */
static long submit_write(int opcode, int file, const void *from, uint64_t length, long offset, int flags)
{
	static unsigned long context;
	struct iocb request = {.aio_rw_flags = flags, .aio_lio_opcode = opcode, .aio_fildes = file,
			       .aio_buf = (uintptr_t)from, .aio_nbytes = length, .aio_offset = offset};
	struct iocb *requests[] = {&request};
	struct io_event event;

	if (!context && syscall(SYS_io_setup, 1, &context) < 0)
		give_up("io_setup for");
	if (syscall(SYS_io_submit, context, 1, requests) < 0)
		return -1;
	while (syscall(SYS_io_getevents, context, 1, 1, &event, NULL) != 1)
		;
	if (event.res >= 0)
		return event.res;
	errno = -event.res;
	return -1;
}
