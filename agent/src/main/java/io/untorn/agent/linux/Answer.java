package io.untorn.agent.linux;

/** What came back from asking the kernel for something bigger than a number: a value, or an errno. */
public sealed interface Answer<T> {
    /** The kernel gave what was asked for. */
    record Given<T>(T value) implements Answer<T> {}

    /**
     * The kernel refused.
     *
     * @param result the errno, negated: {@code -95} for {@code EOPNOTSUPP}
     */
    record Refused<T>(int result) implements Answer<T> {
        public Refused {
            if (result >= 0) {
                throw new IllegalArgumentException("not a negated errno: " + result);
            }
        }
    }
}
