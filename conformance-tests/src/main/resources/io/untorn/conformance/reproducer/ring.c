#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_io_uring_setup
#define SYS_io_uring_setup 425 /* since 5.1 */
#define SYS_io_uring_enter 426
#define SYS_io_uring_register 427
#endif

/* From include/uapi/linux/io_uring.h, which old systems lack. */
#define IORING_OP_WRITEV 2
#define IORING_OP_WRITE_FIXED 5
#define IORING_OP_WRITE 23 /* since 5.6 */
#define IORING_OFF_SQ_RING 0
#define IORING_OFF_SQES 0x10000000L
#define IORING_ENTER_GETEVENTS 1

struct io_uring_sqe {
	uint8_t opcode, flags;
	uint16_t ioprio;
	int32_t fd;
	uint64_t off, addr;
	uint32_t len, rw_flags;
	uint64_t user_data;
	uint16_t buf_index, personality;
	uint32_t file_index;
	uint64_t spare[2];
};

struct io_uring_cqe {
	uint64_t user_data;
	int32_t res;
	uint32_t flags;
};

static struct {
	uint32_t sq_entries, cq_entries, flags, sq_thread_cpu, sq_thread_idle, features, wq_fd, spare[3];
	struct {
		uint32_t head, tail, ring_mask, ring_entries, flags, dropped, array, spare;
		uint64_t user_addr;
	} sq_off;
	struct {
		uint32_t head, tail, ring_mask, ring_entries, overflow, cqes, flags, spare;
		uint64_t user_addr;
	} cq_off;
} ring_made;

static int ring = -1;
static char *rings;                    /* the submission and the completion ring, shared with the kernel */
static struct io_uring_sqe *ring_sqes; /* the submission queue entries */

static void *map_ring(unsigned long length, long offset)
{
	void *place = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, ring, offset);

	if (place == MAP_FAILED)
		give_up("map an io_uring for");
	return place;
}

/* Set up a ring, unless that is done. */
static void open_ring(void)
{
	unsigned long requests, completions;

	if (ring >= 0)
		return;
	ring = syscall(SYS_io_uring_setup, 4, &ring_made);
	if (ring < 0)
		give_up("io_uring_setup for");
	requests = ring_made.sq_off.array + ring_made.sq_entries * sizeof(uint32_t);
	completions = ring_made.cq_off.cqes + ring_made.cq_entries * sizeof(struct io_uring_cqe);
	rings = map_ring(requests > completions ? requests : completions, IORING_OFF_SQ_RING);
	ring_sqes = map_ring(ring_made.sq_entries * sizeof(struct io_uring_sqe), IORING_OFF_SQES);
}

static uint32_t ring_load(uint32_t offset)
{
	return __atomic_load_n((uint32_t *)(rings + offset), __ATOMIC_ACQUIRE);
}

static void ring_store(uint32_t offset, uint32_t value)
{
	__atomic_store_n((uint32_t *)(rings + offset), value, __ATOMIC_RELEASE);
}
