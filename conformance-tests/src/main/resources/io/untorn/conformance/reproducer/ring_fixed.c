#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

/* Write with io_uring(7) from memory that is registered as the buffer with index 0. */
static long ring_write_fixed(int file, const void *from, uint32_t length, long offset, int flags)
{
	static int registered;
	struct iovec all = {memory, MEMORY};

	open_ring();
	if (!registered && syscall(SYS_io_uring_register, ring, 0 /* IORING_REGISTER_BUFFERS */, &all, 1) < 0)
		give_up("register memory for");
	registered = 1;
	return ring_write(IORING_OP_WRITE_FIXED, file, from, length, offset, flags);
}
