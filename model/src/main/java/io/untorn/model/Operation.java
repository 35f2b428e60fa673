package io.untorn.model;

import java.util.List;

/**
 * One step of a trace: plain data, bound to no run. Any operation may follow any other.
 *
 * <p>Offsets and lengths are bytes. Data is laid down and read back in words of {@link Stamp#WORD} bytes, so a place
 * that is no multiple of a word is for requests that must be refused.
 */
public sealed interface Operation {
    /** The largest length of one operation: 16 MiB. */
    int MAX_LENGTH = 16 << 20;

    /** The largest offset or size: 8 GiB. */
    long MAX_OFFSET = 8L << 30;

    /** A range of the target: bytes {@code offset} to {@code end}, that one outside. */
    record Range(long offset, long end) {}

    /** Return the ranges whose bytes the operation may change or looks at. */
    List<Range> ranges();

    /** Tell whether the operation may change what the target holds. */
    default boolean mayChange() {
        return !(this instanceof Read || this instanceof Statx || this instanceof Fsync);
    }

    /** Write with pwritev2(2). */
    record Write(boolean atomic, Access access, long offset, int length, int segments) implements Operation {
        /** The bytes that every segment but the last is a multiple of, where the length allows. */
        private static final int SEGMENT_ALIGNMENT = 512;

        public Write {
            requirePlace(offset, length);
            if (!atomic) {
                requireWords(offset, length);
            }
            if (segments < 1 || segments > 2) {
                throw new IllegalArgumentException("segments must be 1 or 2, not " + segments);
            }
        }

        /** Create an atomic write (RWF_ATOMIC) of one segment with direct I/O. */
        public static Write atomic(long offset, int length) {
            return new Write(true, Access.DIRECT, offset, length, 1);
        }

        /** Create a plain write of one segment. */
        public static Write plain(Access access, long offset, int length) {
            return new Write(false, access, offset, length, 1);
        }

        /** Return the offset after the last byte. */
        public long end() {
            return offset + length;
        }

        /** Return the lengths of the iovec's elements, in bytes; their sum is the length. */
        public List<Integer> segmentLengths() {
            if (segments == 1) {
                return List.of(length);
            }
            int half = length / 2;
            int first = half >= SEGMENT_ALIGNMENT ? half - half % SEGMENT_ALIGNMENT : half;
            return List.of(first, length - first);
        }

        @Override
        public List<Range> ranges() {
            return List.of(new Range(offset, end()));
        }

        @Override
        public String toString() {
            return (atomic ? "atomic write" : "plain write")
                    + place(offset, length)
                    + (access == Access.BUFFERED ? ", buffered" : atomic ? "" : ", direct")
                    + (segments == 1 ? "" : ", in " + segments + " segments");
        }
    }

    /** Read with preadv2(2) and compare what comes. */
    record Read(Access access, long offset, int length) implements Operation {
        public Read {
            requirePlace(offset, length);
            requireWords(offset, length);
        }

        @Override
        public List<Range> ranges() {
            return List.of(new Range(offset, offset + length));
        }

        @Override
        public String toString() {
            return "read" + place(offset, length) + (access == Access.BUFFERED ? ", buffered" : ", direct");
        }
    }

    /** Set the size with ftruncate(2). */
    record Truncate(long size) implements Operation {
        public Truncate {
            requirePlace(size, 0);
            requireWords(size, 0);
        }

        @Override
        public List<Range> ranges() {
            return List.of(new Range(size, size));
        }

        @Override
        public String toString() {
            return "truncate to " + size + " bytes";
        }
    }

    /** Make everything durable with fsync(2). */
    record Fsync() implements Operation {
        @Override
        public List<Range> ranges() {
            return List.of();
        }

        @Override
        public String toString() {
            return "fsync";
        }
    }

    /** Ask for size and limits with statx(2). */
    record Statx() implements Operation {
        @Override
        public List<Range> ranges() {
            return List.of();
        }

        @Override
        public String toString() {
            return "statx";
        }
    }

    /** Allocate blocks with fallocate(2), mode 0: the size grows where the range ends beyond it. */
    record Allocate(long offset, int length) implements Operation {
        public Allocate {
            requirePlace(offset, length);
            requireWords(offset, length);
        }

        @Override
        public List<Range> ranges() {
            return List.of(new Range(offset, offset + length));
        }

        @Override
        public String toString() {
            return "allocate" + place(offset, length);
        }
    }

    /** Make a hole with fallocate(2), FALLOC_FL_PUNCH_HOLE. */
    record PunchHole(long offset, int length) implements Operation {
        public PunchHole {
            requirePlace(offset, length);
            requireWords(offset, length);
        }

        @Override
        public List<Range> ranges() {
            return List.of(new Range(offset, offset + length));
        }

        @Override
        public String toString() {
            return "punch hole" + place(offset, length);
        }
    }

    /** Share blocks inside one file with ioctl_ficlonerange(2). */
    record CloneRange(long source, long destination, int length) implements Operation {
        public CloneRange {
            requirePlace(source, length);
            requirePlace(destination, length);
            requireWords(source | destination, length);
            if (length == 0) {
                throw new IllegalArgumentException("a clone of 0 bytes means all up to the end: give the length");
            }
        }

        @Override
        public List<Range> ranges() {
            return List.of(new Range(source, source + length), new Range(destination, destination + length));
        }

        @Override
        public String toString() {
            return "clone" + place(source, length) + " to " + destination;
        }
    }

    private static void requirePlace(long offset, int length) {
        if (offset < 0 || offset > MAX_OFFSET) {
            throw new IllegalArgumentException("offset or size outside 0 to " + MAX_OFFSET + ": " + offset);
        }
        if (length < 0 || length > MAX_LENGTH) {
            throw new IllegalArgumentException("length outside 0 to " + MAX_LENGTH + ": " + length);
        }
    }

    private static void requireWords(long place, int length) {
        if ((place | length) % Stamp.WORD != 0) {
            throw new IllegalArgumentException("only an atomic write may begin or end inside a word of " + Stamp.WORD
                    + " bytes, not " + length + " bytes at " + place);
        }
    }

    private static String place(long offset, int length) {
        return " of " + length + " bytes at " + offset;
    }
}
