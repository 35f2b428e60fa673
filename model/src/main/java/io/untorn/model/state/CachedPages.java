package io.untorn.model.state;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which bytes of a file may be in the page cache: every page that is there is among them, but not all of them need be.
 * Immutable.
 */
public final class CachedPages {
    /** No page is in the cache. */
    public static final CachedPages NONE = new CachedPages(new TreeMap<>());

    /** Any page may be there. */
    public static final CachedPages ANY = NONE.with(0, Long.MAX_VALUE);

    /** The ends of the ranges by their starts, in bytes; no two overlap or touch. */
    private final NavigableMap<Long, Long> ranges;

    private CachedPages(NavigableMap<Long, Long> ranges) {
        this.ranges = ranges;
    }

    /** Tell whether a page of a range may be in the cache. */
    public boolean mayHold(long offset, long length) {
        Map.Entry<Long, Long> last = ranges.lowerEntry(offset + length);
        return length > 0 && last != null && last.getValue() > offset;
    }

    /** Return these and a range, from an offset to an end. */
    public CachedPages with(long from, long end) {
        if (from >= end) {
            return this;
        }
        NavigableMap<Long, Long> after = new TreeMap<>();
        long start = from;
        long stop = end;
        for (Map.Entry<Long, Long> range : ranges.entrySet()) {
            if (range.getKey() > end || range.getValue() < from) {
                after.put(range.getKey(), range.getValue());
            } else {
                start = Math.min(start, range.getKey());
                stop = Math.max(stop, range.getValue());
            }
        }
        after.put(start, stop);
        return new CachedPages(after);
    }

    /** Return these without a range, from an offset to an end. */
    public CachedPages without(long from, long end) {
        NavigableMap<Long, Long> after = new TreeMap<>();
        ranges.forEach((start, stop) -> {
            if (start < Math.min(stop, from)) {
                after.put(start, Math.min(stop, from));
            }
            if (Math.max(start, end) < stop) {
                after.put(Math.max(start, end), stop);
            }
        });
        return new CachedPages(after);
    }

    /** Return what may be there if either of two may be. */
    public CachedPages or(CachedPages other) {
        CachedPages both = this;
        for (Map.Entry<Long, Long> range : other.ranges.entrySet()) {
            both = both.with(range.getKey(), range.getValue());
        }
        return both;
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof CachedPages other && ranges.equals(other.ranges);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }

    @Override
    public String toString() {
        return "cached, at most: " + ranges;
    }
}
