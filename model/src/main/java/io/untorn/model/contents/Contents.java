package io.untorn.model.contents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * Who wrote every byte of a range: runs of one origin each, in order, without a gap. Immutable. Its size in memory
 * follows the number of runs, not of bytes.
 */
public final class Contents {
    private final long from;
    private final long[] ends;
    private final Origin[] origins;

    private Contents(long from, long[] ends, Origin[] origins) {
        this.from = from;
        this.ends = ends;
        this.origins = origins;
    }

    /** A piece of one origin, from {@code offset} on, {@code length} bytes. */
    public record Run(long offset, long length, Origin origin) {
        @Override
        public String toString() {
            return "bytes " + offset + " to " + (offset + length - 1) + ": " + origin;
        }
    }

    /** Where two contents of the same range differ: bytes {@code offset} on, {@code length} of them. */
    public record Difference(long offset, long length, Origin expected, Origin actual) {}

    /** Collects runs from a start on. */
    public static final class Builder {
        private final long from;
        private long[] ends = new long[8];
        private Origin[] origins = new Origin[8];
        private int count;

        public Builder(long from) {
            this.from = from;
        }

        /** Add bytes after what is there; 0 bytes add nothing. */
        public Builder append(long length, Origin origin) {
            if (length == 0) {
                return this;
            }
            long end = end() + length;
            if (count > 0 && origins[count - 1].equals(origin)) {
                ends[count - 1] = end;
                return this;
            }
            if (count == ends.length) {
                ends = Arrays.copyOf(ends, 2 * count);
                origins = Arrays.copyOf(origins, 2 * count);
            }
            ends[count] = end;
            origins[count++] = origin;
            return this;
        }

        private Builder append(Contents other, long start, long end, long shift) {
            for (int i = other.firstAfter(start); i < other.ends.length && other.start(i) < end; i++) {
                long first = Math.max(start, other.start(i));
                long last = Math.min(end, other.ends[i]);
                append(last - first, shift == 0 ? other.origins[i] : other.origins[i].moved(shift));
            }
            return this;
        }

        private long end() {
            return count == 0 ? from : ends[count - 1];
        }

        public Contents build() {
            return new Contents(from, Arrays.copyOf(ends, count), Arrays.copyOf(origins, count));
        }
    }

    /** Return zeros from the target's start on. */
    public static Contents zeros(long length) {
        return new Builder(0).append(length, Origin.ZERO).build();
    }

    /** Return the offset of the first byte. */
    public long from() {
        return from;
    }

    /** Return the offset after the last byte. */
    public long end() {
        return ends.length == 0 ? from : ends[ends.length - 1];
    }

    /** Return the number of bytes. */
    public long length() {
        return end() - from;
    }

    /** Return the runs, in order. */
    public List<Run> runs() {
        List<Run> runs = new ArrayList<>(ends.length);
        for (int i = 0; i < ends.length; i++) {
            runs.add(new Run(start(i), ends[i] - start(i), origins[i]));
        }
        return runs;
    }

    /** Return these contents with a range replaced; the part of the range past the end is left out. */
    public Contents with(long offset, long length, Origin origin) {
        long start = Math.min(offset, end());
        long stop = Math.min(offset + length, end());
        return new Builder(from)
                .append(this, from, start, 0)
                .append(stop - start, origin)
                .append(this, stop, end(), 0)
                .build();
    }

    /** Return these contents cut, or filled up with zeros, to an end. */
    public Contents resized(long end) {
        return end == end()
                ? this
                : new Builder(from)
                        .append(this, from, end, 0)
                        .append(Math.max(0, end - end()), Origin.ZERO)
                        .build();
    }

    /** Return these contents with a piece, of these or others, copied to {@code destination}; it lies inside. */
    public Contents withCopy(Contents piece, long destination) {
        return new Builder(from)
                .append(this, from, destination, 0)
                .append(piece, piece.from, piece.end(), destination - piece.from)
                .append(this, destination + piece.length(), end(), 0)
                .build();
    }

    /** Return these contents without a range, which lies inside; what followed it moves up. */
    public Contents without(long offset, long length) {
        return new Builder(from)
                .append(this, from, offset, 0)
                .append(this, offset + length, end(), -length)
                .build();
    }

    /** Return these contents with zeros put in before what lies at an offset; that moves down. */
    public Contents inserting(long offset, long length) {
        return new Builder(from)
                .append(this, from, offset, 0)
                .append(length, Origin.ZERO)
                .append(this, offset, end(), length)
                .build();
    }

    /** Return the part from an offset on; shorter where these contents end before it does. */
    public Contents slice(long offset, long length) {
        return new Builder(offset).append(this, offset, offset + length, 0).build();
    }

    /** Return where the other contents, of the same range, first differ from these. */
    public Optional<Difference> difference(Contents other) {
        return differences(other).stream().findFirst();
    }

    /** Return where the other contents, of the same range, differ from these, in order. */
    public List<Difference> differences(Contents other) {
        List<Difference> differences = new ArrayList<>();
        long at = from;
        for (int i = 0, j = 0; i < ends.length && j < other.ends.length; ) {
            long end = Math.min(ends[i], other.ends[j]);
            if (!origins[i].equals(other.origins[j])) {
                differences.add(new Difference(at, end - at, origins[i], other.origins[j]));
            }
            at = end;
            if (ends[i] == end) {
                i++;
            }
            if (other.ends[j] == end) {
                j++;
            }
        }
        return differences;
    }

    /** Return these contents with both origins joined where the other contents, of the same range, differ. */
    public Contents joined(Contents other, BinaryOperator<Origin> join) {
        Builder joined = new Builder(from);
        for (Difference difference : differences(other)) {
            joined.append(this, joined.end(), difference.offset(), 0)
                    .append(difference.length(), join.apply(difference.expected(), difference.actual()));
        }
        return joined.append(this, joined.end(), end(), 0).build();
    }

    /** Tell whether a power cut left any of these bytes in doubt. */
    public boolean isInDoubt() {
        for (Origin origin : origins) {
            if (origin instanceof InDoubt) {
                return true;
            }
        }
        return false;
    }

    /** Return the number of the first run that ends after an offset. */
    private int firstAfter(long offset) {
        int at = Arrays.binarySearch(ends, offset);
        return at >= 0 ? at + 1 : -at - 1;
    }

    private long start(int run) {
        return run == 0 ? from : ends[run - 1];
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Contents other
                && from == other.from
                && Arrays.equals(ends, other.ends)
                && Arrays.equals(origins, other.origins);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(ends) + Arrays.hashCode(origins);
    }

    @Override
    public String toString() {
        return ends.length == 0
                ? "no bytes"
                : String.join("; ", runs().stream().map(Run::toString).toList());
    }
}
