package io.untorn.model.history;

import io.untorn.model.contents.Contents;
import io.untorn.model.target.Limits;
import java.util.List;
import java.util.stream.Collectors;

/** What an operation came back with. */
public sealed interface Outcome
        permits Outcome.ReadBack,
                Outcome.Returned,
                Outcome.Failed,
                Outcome.Mapped,
                Outcome.Told,
                Outcome.Laid,
                Outcome.Each,
                Outcome.Unclean {
    /** A system call that returns 0. */
    Outcome DONE = new Returned(0);

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

    /** The extents of the file, in the order in which they were reported. */
    record Mapped(List<Extent> extents) implements Outcome {
        public Mapped {
            extents = List.copyOf(extents);
        }

        @Override
        public String toString() {
            return "reported extents " + extents;
        }
    }

    /**
     * An audit found faults.
     *
     * @param faults what it found, a sentence or a line of a checker's output each; at least one
     */
    record Unclean(List<String> faults) implements Outcome {
        /** The most faults that are kept. */
        public static final int MAX_FAULTS = 20;

        public Unclean {
            faults = List.copyOf(faults);
            if (faults.isEmpty()) {
                throw new IllegalArgumentException("unclean without a fault");
            }
        }

        @Override
        public String toString() {
            return "found " + String.join("; ", faults);
        }
    }

    /**
     * The size, in bytes, and the limits that statx reported.
     *
     * @param size {@code stx_size}; of a block device its size, which statx does not report; 0 for a symbolic link or a
     *     directory, whose size is not looked at
     */
    record Told(long size, Limits limits) implements Outcome {
        @Override
        public String toString() {
            return "reported size " + size + ", " + limits;
        }
    }

    /**
     * What a layout of many pieces came to.
     *
     * @param calls how many calls were made, 1 or more; all but the last did all they were asked for
     * @param last what the last of them came back with
     */
    record Laid(int calls, Outcome last) implements Outcome {
        @Override
        public String toString() {
            return "made " + calls + (calls == 1 ? " call, which " : " calls, of which the last ") + last;
        }
    }

    /**
     * What the requests came to that were handed over at once.
     *
     * @param requests of each, in the order in which they were asked for
     */
    record Each(List<Outcome> requests) implements Outcome {
        public Each {
            requests = List.copyOf(requests);
            if (requests.isEmpty()) {
                throw new IllegalArgumentException("what no requests came to");
            }
        }

        /** Return the first that failed; the first of all if none did. */
        public Outcome foremost() {
            return requests.stream()
                    .filter(Failed.class::isInstance)
                    .findFirst()
                    .orElse(requests.get(0));
        }

        @Override
        public String toString() {
            return "each " + requests.stream().map(Outcome::toString).collect(Collectors.joining("; "));
        }
    }
}
