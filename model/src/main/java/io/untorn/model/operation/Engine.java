package io.untorn.model.operation;

import io.untorn.model.target.Facility;

/** The interface of the kernel that a write goes through. */
public enum Engine {
    /** pwritev2(2). */
    PWRITEV2("pwritev2", Facility.NONE),
    /** io_uring(7): IORING_OP_WRITE for one segment, IORING_OP_WRITEV for more. */
    IO_URING("io_uring", Facility.IO_URING),
    /** io_uring(7) from a registered buffer: IORING_OP_WRITE_FIXED. It has no segments. */
    IO_URING_FIXED("io_uring from a registered buffer", Facility.IO_URING),
    /** io_submit(2): IOCB_CMD_PWRITE for one segment, IOCB_CMD_PWRITEV for more. */
    LIBAIO("libaio", Facility.LIBAIO);

    private final String words;
    private final Facility facility;

    Engine(String words, Facility facility) {
        this.words = words;
        this.facility = facility;
    }

    /** Return what the kernel must have for this. */
    public Facility facility() {
        return facility;
    }

    /** Tell whether this takes a write that is split so. */
    public boolean takes(Split split) {
        return this != IO_URING_FIXED || split == Split.ONE;
    }

    /** Tell whether this is a ring: it tries without waiting first, and leaves to a worker what would have to wait. */
    public boolean isRing() {
        return facility == Facility.IO_URING;
    }

    @Override
    public String toString() {
        return words;
    }
}
