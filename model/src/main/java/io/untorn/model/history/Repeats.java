package io.untorn.model.history;

/**
 * How often a call that may wait was asked to try again, with EAGAIN, and was made again.
 *
 * @param count 0 or more
 */
public record Repeats(int count) {
    /** The call was made once. */
    public static final Repeats NONE = new Repeats(0);

    public Repeats {
        if (count < 0) {
            throw new IllegalArgumentException("repeated " + count + " times");
        }
    }
}
