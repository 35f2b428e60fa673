#include <errno.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Write LENGTH bytes, or segments, with io_uring(7), and wait for the completion. */
static long ring_write(int opcode, int file, const void *from, uint32_t length, long offset, int flags)
{
	struct io_uring_cqe *completion;
	uint32_t head, tail, at;

	open_ring();
	head = ring_load(ring_made.cq_off.head);
	tail = ring_load(ring_made.sq_off.tail);
	at = tail & ring_load(ring_made.sq_off.ring_mask);
	ring_sqes[at] = (struct io_uring_sqe){.opcode = opcode, .fd = file, .off = offset, .addr = (uintptr_t)from,
					    .len = length, .rw_flags = flags};
	ring_store(ring_made.sq_off.array + at * sizeof(uint32_t), at);
	ring_store(ring_made.sq_off.tail, tail + 1);
	while (head == ring_load(ring_made.cq_off.tail)) {
		uint32_t waiting = tail + 1 - ring_load(ring_made.sq_off.head);

		if (syscall(SYS_io_uring_enter, ring, waiting, 1, IORING_ENTER_GETEVENTS, NULL, 0) < 0 &&
		    ring_load(ring_made.sq_off.head) == tail) {
			ring_store(ring_made.sq_off.tail, tail); /* it was not submitted */
			return -1;
		}
	}
	completion = (struct io_uring_cqe *)(rings + ring_made.cq_off.cqes) +
		     (head & ring_load(ring_made.cq_off.ring_mask));
	ring_store(ring_made.cq_off.head, head + 1);
	if (completion->res >= 0)
		return completion->res;
	errno = -completion->res;
	return -1;
}
