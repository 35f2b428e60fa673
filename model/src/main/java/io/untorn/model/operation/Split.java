package io.untorn.model.operation;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** How the data of a write is divided over the elements of its iovec. */
public enum Split {
    /** One element. */
    ONE {
        @Override
        public List<Integer> lengths(int length) {
            return List.of(length);
        }
    },
    /** Two halves, the first a multiple of {@value #ALIGNMENT} bytes where the length allows. */
    TWO {
        @Override
        public List<Integer> lengths(int length) {
            int half = length / 2;
            int first = half >= ALIGNMENT ? half - half % ALIGNMENT : half;
            return List.of(first, length - first);
        }
    },
    /** An empty element, and one with all. */
    EMPTY_FIRST {
        @Override
        public List<Integer> lengths(int length) {
            return List.of(0, length);
        }
    },
    /** One element with all, and an empty one. */
    EMPTY_LAST {
        @Override
        public List<Integer> lengths(int length) {
            return List.of(length, 0);
        }
    },
    /** {@value #PIECES} elements, all but the last alike: multiples of {@value #ALIGNMENT} bytes where the length allows. */
    MANY {
        @Override
        public List<Integer> lengths(int length) {
            int equal = length / PIECES;
            int piece = equal >= ALIGNMENT ? equal - equal % ALIGNMENT : equal;
            return Stream.concat(
                            Collections.nCopies(PIECES - 1, piece).stream(), Stream.of(length - (PIECES - 1) * piece))
                    .toList();
        }
    },
    /** One element with all, and one more than UIO_MAXIOV (1024) allows. */
    TOO_MANY {
        @Override
        public List<Integer> lengths(int length) {
            return Stream.concat(Stream.of(length), Collections.nCopies(MAX_ELEMENTS, 0).stream())
                    .toList();
        }
    };

    /** UIO_MAXIOV of {@code include/uapi/linux/uio.h}. */
    static final int MAX_ELEMENTS = 1024;

    private static final int ALIGNMENT = 512;
    private static final int PIECES = 8;

    /** Return the elements' lengths, in bytes; their sum is the length. */
    public abstract List<Integer> lengths(int length);
}
