package io.untorn.model.target;

/** What a kernel under test, or its disk, must be able to do for a rule to be reached. */
public enum Facility {
    /** Nothing beyond running operations. */
    NONE("nothing"),
    /** Cutting the power and starting again. */
    POWER_CUT("a kernel whose power can be cut"),
    /** io_uring(7), not switched off by {@code kernel.io_uring_disabled}. */
    IO_URING("a kernel that has io_uring"),
    /** io_submit(2). */
    LIBAIO("a kernel that has io_submit"),
    /** What no trace can bring about: the rule is printed, with its source, and never reached. */
    OUT_OF_REACH("what no trace can bring about");

    private final String words;

    Facility(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
