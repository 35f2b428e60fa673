package io.untorn.model.operation;

import io.untorn.model.contents.Stamp;

/** Checks and words of the places that operations name. */
final class Place {
    private Place() {}

    static void require(long offset, int length) {
        if (offset < 0 || offset > Operation.MAX_OFFSET) {
            throw new IllegalArgumentException("offset or size outside 0 to " + Operation.MAX_OFFSET + ": " + offset);
        }
        if (length < 0 || length > Operation.MAX_LENGTH) {
            throw new IllegalArgumentException("length outside 0 to " + Operation.MAX_LENGTH + ": " + length);
        }
    }

    static void requireWords(long place, int length) {
        if ((place | length) % Stamp.WORD != 0) {
            throw new IllegalArgumentException("only an atomic write may begin or end inside a word of " + Stamp.WORD
                    + " bytes, not " + length + " bytes at " + place);
        }
    }

    static String words(int length, long offset) {
        return " of " + length + " bytes at " + offset;
    }
}
