package io.untorn.model.operation;

import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects the ranges that a trace's operations may change or read. */
public final class Footprint {
    /** Bytes around a range that are read too. */
    static final int NEIGHBOURHOOD = 4 * Buffer.PAGE;

    private final TreeMap<Long, Long> ranges = new TreeMap<>();
    private long forth;
    private long back;
    private boolean appending;
    private boolean twin;

    /** Create the footprint of a trace that did nothing yet: the start of the target. */
    public Footprint() {
        ranges.put(0L, 0L);
    }

    /**
     * Return starts and ends of what one operation names itself, the start and end of a place without a length alike. What
     * it reaches by the end of the file, or by a descriptor's position, is not among them.
     */
    public static SortedMap<Long, Long> of(Operation operation) {
        Footprint footprint = new Footprint();
        footprint.ranges.clear();
        operation.touch(footprint);
        return footprint.ranges;
    }

    /** Add a range. */
    void range(long offset, long length) {
        cover(ranges, offset, offset + length);
    }

    /** Note that from now on writes may go to the end of the file. */
    void appending() {
        appending = true;
    }

    /** Add data that goes to an offset, or to the end of the file where writes do. */
    void written(long offset, long length) {
        range(offset, length);
        if (appending) {
            moved(length);
        }
    }

    /** Note that bytes, or the end of the file, may move by some bytes: back if below 0. */
    void moved(long by) {
        forth += Math.max(0, by);
        back += Math.max(0, -by);
    }

    /** Note that the operation means the twin too. */
    void twin() {
        twin = true;
    }

    public boolean touchesTwin() {
        return twin;
    }

    /** Return starts and ends, in whole pages, with {@value #NEIGHBOURHOOD} bytes around. */
    public SortedMap<Long, Long> ranges() {
        return ranges(NEIGHBOURHOOD);
    }

    /** Return starts and ends, in whole pages, with some bytes around. */
    public SortedMap<Long, Long> ranges(int around) {
        TreeMap<Long, Long> pages = new TreeMap<>();
        ranges.forEach((from, to) -> cover(
                pages,
                Math.max(0, from - back - around) / Buffer.PAGE * Buffer.PAGE,
                Math.min(Operation.MAX_OFFSET, (to + forth + around + Buffer.PAGE - 1) / Buffer.PAGE * Buffer.PAGE)));
        return pages;
    }

    private static void cover(NavigableMap<Long, Long> ranges, long offset, long end) {
        long from = offset;
        long to = end;
        Map.Entry<Long, Long> before = ranges.floorEntry(to);
        while (before != null && before.getValue() >= from) {
            from = Math.min(from, before.getKey());
            to = Math.max(to, before.getValue());
            ranges.remove(before.getKey());
            before = ranges.floorEntry(to);
        }
        ranges.put(from, to);
    }
}
