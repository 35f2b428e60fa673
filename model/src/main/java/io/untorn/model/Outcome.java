package io.untorn.model;

/** What an operation came back with. */
public sealed interface Outcome {
    /** The system call returned a value that is no error: bytes written, or 0. */
    record Returned(long value) implements Outcome {
        @Override
        public String toString() {
            return "returned " + value;
        }
    }

    /** The system call failed. */
    record Failed(Errno errno) implements Outcome {
        @Override
        public String toString() {
            return "failed with " + errno;
        }
    }

    /** A read brought data; as many bytes as it returned. */
    record ReadBack(Contents contents) implements Outcome {
        @Override
        public String toString() {
            return "read " + contents.length() + " bytes: " + contents;
        }
    }

    /**
     * statx told the size, in bytes, and the limits.
     *
     * @param size {@code stx_size}; of a block device its size, which statx does not tell
     */
    record Told(long size, Limits limits) implements Outcome {
        @Override
        public String toString() {
            return "told size " + size + ", " + limits;
        }
    }
}
