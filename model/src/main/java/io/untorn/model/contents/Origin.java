package io.untorn.model.contents;

/**
 * Who wrote a piece of the target's data.
 *
 * <p>Those that a guest meets all the time have an equality of their own: that of a record the JVM makes as it runs, which
 * takes a guest half a second.
 */
public sealed interface Origin permits Origin.Zero, Origin.Written, Origin.Foreign, InDoubt {
    /** The piece was never written, or made zero. */
    Origin ZERO = new Zero();

    /** Return the origin of the same data, moved or copied some bytes further on. */
    Origin moved(long by);

    /** Zeros. */
    record Zero() implements Origin {
        @Override
        public boolean equals(Object object) {
            return object instanceof Zero;
        }

        @Override
        public int hashCode() {
            return 0;
        }

        @Override
        public Origin moved(long by) {
            return this;
        }

        @Override
        public String toString() {
            return "zeros";
        }
    }

    /**
     * Data of an operation of this trace.
     *
     * @param operation the operation's place in the trace, from 0
     * @param displacement bytes from where the operation put the data to where it is; other than 0 after a clone
     */
    record Written(int operation, long displacement) implements Origin {
        @Override
        public boolean equals(Object object) {
            return object instanceof Written other
                    && operation == other.operation
                    && displacement == other.displacement;
        }

        @Override
        public int hashCode() {
            return 31 * operation + Long.hashCode(displacement);
        }

        @Override
        public Written moved(long by) {
            return new Written(operation, displacement + by);
        }

        @Override
        public String toString() {
            return "data of operation " + (operation + 1)
                    + (displacement == 0
                            ? ""
                            : " that belongs " + Math.abs(displacement) + " bytes "
                                    + (displacement > 0 ? "before" : "after"));
        }
    }

    /**
     * Data that no operation of this trace wrote.
     *
     * @param word the first bytes, little endian
     */
    record Foreign(long word) implements Origin {
        @Override
        public Origin moved(long by) {
            return this;
        }

        @Override
        public String toString() {
            return "data that no operation wrote (first word 0x" + Long.toHexString(word) + ")";
        }
    }
}
