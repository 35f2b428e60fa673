#include <errno.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Hand over COUNT writes, so many AT_ONCE, by io_uring_enter(2), and wait for them. Return their number. */
static long ring_batch(int file, int count, int at_once, const struct request *requests)
{
	int done = 0;

	open_ring();
	for (int first = 0; first < count; first += at_once) {
		uint32_t tail = ring_load(ring_made.sq_off.tail);

		for (int i = first; i < first + at_once; i++) {
			const struct request *wanted = &requests[i];
			uint32_t at = (tail + i - first) & ring_load(ring_made.sq_off.ring_mask);

			ring_sqes[at] = (struct io_uring_sqe){.opcode = IORING_OP_WRITE, .fd = file, .off = wanted->offset,
							      .addr = (uintptr_t)wanted->from, .len = wanted->length,
							      .rw_flags = wanted->flags, .user_data = i};
			ring_store(ring_made.sq_off.array + at * sizeof(uint32_t), at);
		}
		ring_store(ring_made.sq_off.tail, tail + at_once);
		while (done < first + at_once) {
			uint32_t head = ring_load(ring_made.cq_off.head);

			if (head != ring_load(ring_made.cq_off.tail)) {
				struct io_uring_cqe *completion =
					(struct io_uring_cqe *)(rings + ring_made.cq_off.cqes) +
					(head & ring_load(ring_made.cq_off.ring_mask));

				results[completion->user_data] = completion->res;
				ring_store(ring_made.cq_off.head, head + 1);
				done++;
			} else if (syscall(SYS_io_uring_enter, ring, tail + at_once - ring_load(ring_made.sq_off.head), 1,
					   IORING_ENTER_GETEVENTS, NULL, 0) < 0 &&
				   errno != EINTR) {
				give_up("io_uring_enter for");
			}
		}
	}
	return count;
}
