package io.untorn.model.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What lies under a file's ranges, as far as the operations show: runs of one kind each from 0 on; after the last run
 * is a hole. Immutable. Its size in memory follows the number of runs.
 */
public final class Blocks {
    /** What lies under a range. */
    public enum Kind {
        HOLE(1),
        UNWRITTEN(2),
        WRITTEN(4),
        SHARED(8),
        DELAYED(16),
        /** A hole or not: unspecified. */
        UNCERTAIN(32);

        private final int bit;

        Kind(int bit) {
            this.bit = bit;
        }
    }

    /** Every set of kinds, by the bits of those it has: they are asked for more often than anything else. */
    private static final List<Set<Kind>> SETS = IntStream.range(0, 1 << Kind.values().length)
            .mapToObj(Blocks::ofBits)
            .toList();

    public static final Blocks NONE = new Blocks(new long[0], new Kind[0]);

    private final long[] ends;
    private final Kind[] kinds;

    private Blocks(long[] ends, Kind[] kinds) {
        this.ends = ends;
        this.kinds = kinds;
    }

    /** Return the kinds that a range of bytes holds. */
    public Set<Kind> kinds(long offset, long length) {
        long end = offset + length;
        int found = 0;
        for (int i = firstAfter(offset); i < ends.length && start(i) < end; i++) {
            found |= kinds[i].bit;
        }
        if (end > last() && length > 0) {
            found |= Kind.HOLE.bit;
        }
        return SETS.get(found);
    }

    /** Return the kinds that a range of bytes holds, in the order they lie in, each run's once. */
    public List<Kind> sequence(long offset, long length) {
        long end = offset + length;
        List<Kind> found = new ArrayList<>();
        for (int i = firstAfter(offset); i < ends.length && start(i) < end; i++) {
            found.add(kinds[i]);
        }
        if (end > last() && length > 0 && (found.isEmpty() || found.get(found.size() - 1) != Kind.HOLE)) {
            found.add(Kind.HOLE);
        }
        return found;
    }

    private static Set<Kind> ofBits(int bits) {
        EnumSet<Kind> set = EnumSet.noneOf(Kind.class);
        for (Kind kind : Kind.values()) {
            if ((bits & kind.bit) != 0) {
                set.add(kind);
            }
        }
        return Collections.unmodifiableSet(set);
    }

    /** A piece of one kind: bytes {@code from} up to, and without, {@code to}. */
    public record Run(long from, long to, Kind kind) {}

    /** Return the runs, in order, without a gap from 0 on; after the last is a hole. */
    public List<Run> runs() {
        return IntStream.range(0, ends.length)
                .mapToObj(i -> new Run(start(i), ends[i], kinds[i]))
                .toList();
    }

    /** Return the offset after the last byte that something but a hole is known to lie under. */
    public long end() {
        for (int i = ends.length - 1; i >= 0; i--) {
            if (kinds[i] != Kind.HOLE) {
                return ends[i];
            }
        }
        return 0;
    }

    /** Return the number of the first run that ends after an offset. */
    private int firstAfter(long offset) {
        int at = Arrays.binarySearch(ends, offset);
        return at >= 0 ? at + 1 : -at - 1;
    }

    /** Return these with a range of whole allocation units made another kind. */
    public Blocks with(long offset, long end, Kind kind) {
        return offset >= end
                ? this
                : new Builder(ends.length + 3)
                        .append(this, 0, offset, 0)
                        .append(offset, Kind.HOLE)
                        .append(end, kind)
                        .append(this, end, last(), 0)
                        .build();
    }

    /** Return these with every run of one kind inside a range made another. */
    public Blocks replacing(Kind from, Kind to, long offset, long end) {
        Builder builder = new Builder(ends.length + 3);
        for (int i = 0; i < ends.length; i++) {
            if (kinds[i] == from) {
                builder.append(Math.min(ends[i], Math.max(start(i), offset)), from)
                        .append(Math.min(ends[i], Math.max(start(i), end)), to);
            }
            builder.append(ends[i], kinds[i]);
        }
        return builder.build();
    }

    /** Return these without what lies after an offset. */
    public Blocks cut(long end) {
        return last() <= end
                ? this
                : new Builder(ends.length).append(this, 0, end, 0).build();
    }

    /** Return these with all from an offset on moved by some bytes; what comes to lie on it goes, what opens is a hole. */
    public Blocks moved(long offset, long by) {
        long from = by < 0 ? offset - by : offset;
        return new Builder(ends.length + 3)
                .append(this, 0, offset, 0)
                .append(Math.min(last(), offset) + Math.max(0, by), Kind.HOLE)
                .append(this, from, last(), by)
                .build();
    }

    private long start(int run) {
        return run == 0 ? 0 : ends[run - 1];
    }

    private long last() {
        return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Blocks other && Arrays.equals(ends, other.ends) && Arrays.equals(kinds, other.kinds);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(ends) + Arrays.hashCode(kinds);
    }

    @Override
    public String toString() {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < ends.length; i++) {
            words.append(kinds[i]).append(" up to ").append(ends[i]).append("; ");
        }
        return words + "then HOLE";
    }

    private static final class Builder {
        private final long[] ends;
        private final Kind[] kinds;
        private int count;

        Builder(int most) {
            ends = new long[most];
            kinds = new Kind[most];
        }

        /** Add a run of a kind, from where the last one ends up to an end; nothing where it ends before that. */
        Builder append(long end, Kind kind) {
            long last = count == 0 ? 0 : ends[count - 1];
            if (end <= last) {
                return this;
            }
            if (count > 0 && kinds[count - 1] == kind) {
                ends[count - 1] = end;
                return this;
            }
            ends[count] = end;
            kinds[count++] = kind;
            return this;
        }

        Builder append(Blocks other, long from, long to, long by) {
            for (int i = other.firstAfter(from); i < other.ends.length && other.start(i) < to; i++) {
                append(Math.min(to, other.ends[i]) + by, other.kinds[i]);
            }
            return this;
        }

        Blocks build() {
            return new Blocks(Arrays.copyOf(ends, count), Arrays.copyOf(kinds, count));
        }
    }
}
