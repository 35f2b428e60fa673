#include <errno.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

/* From include/uapi/linux/aio_abi.h, little-endian; the header itself conflicts with <sys/mount.h>. */
#define IOCB_CMD_PWRITE 1
#define IOCB_CMD_PWRITEV 8

struct iocb {
	uint64_t aio_data;
	uint32_t aio_key, aio_rw_flags;
	uint16_t aio_lio_opcode;
	int16_t aio_reqprio;
	uint32_t aio_fildes;
	uint64_t aio_buf, aio_nbytes;
	int64_t aio_offset;
	uint64_t aio_reserved2;
	uint32_t aio_flags, aio_resfd;
};

struct io_event {
	uint64_t data, obj;
	int64_t res, res2;
};

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
