package io.untorn.agent;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Subject;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Ranges of a device that are known to hold zeros, in whole pages: they were zeroed, or the last reads of a trace showed
 * it. Nothing else is taken for zeros, so a range that a trace may touch is forgotten before the trace runs.
 */
final class ZeroedRanges {
    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    /** Return starts and ends of what is not known to hold zeros, within a range. */
    SortedMap<Long, Long> unknown(long from, long to) {
        TreeMap<Long, Long> unknown = new TreeMap<>();
        long at = from;
        Map.Entry<Long, Long> before = ranges.floorEntry(from);
        if (before != null) {
            at = Math.max(at, before.getValue());
        }
        for (Map.Entry<Long, Long> known : ranges.tailMap(from, false).entrySet()) {
            if (known.getKey() >= to) {
                break;
            }
            if (known.getKey() > at) {
                unknown.put(at, known.getKey());
            }
            at = Math.max(at, known.getValue());
        }
        if (at < to) {
            unknown.put(at, to);
        }
        return unknown;
    }

    /** Note that a range holds zeros: the whole pages in it. */
    void add(long from, long to) {
        long start = (from + Buffer.PAGE - 1) / Buffer.PAGE * Buffer.PAGE;
        long end = to / Buffer.PAGE * Buffer.PAGE;
        if (start < end) {
            unknown(start, end).forEach(ranges::put);
        }
    }

    /** Forget what is known of a range of whole pages; nothing, where it ends before it begins. */
    void forget(long from, long to) {
        if (from >= to) {
            return;
        }
        Map.Entry<Long, Long> before = ranges.lowerEntry(from);
        if (before != null && before.getValue() > from) {
            ranges.put(before.getKey(), from);
            keepRest(before.getValue(), to);
        }
        SortedMap<Long, Long> inside = ranges.subMap(from, to);
        while (!inside.isEmpty()) {
            keepRest(ranges.remove(inside.firstKey()), to);
        }
    }

    private void keepRest(long end, long to) {
        if (end > to) {
            ranges.put(to, end);
        }
    }

    /** Forget everything. */
    void clear() {
        ranges.clear();
    }

    /** Note the zeros that direct reads showed after the last operation of a trace that could change them. */
    void addSeenAtTheEndOf(List<Step> steps) {
        for (int i = steps.size() - 1; i >= 0 && !steps.get(i).operation().mayChange(); i--) {
            if (steps.get(i).operation() instanceof Read read
                    && read.access() == Access.DIRECT
                    && read.subject() == Subject.FILE
                    && steps.get(i).outcome() instanceof Outcome.ReadBack seen) {
                for (Contents.Run run : seen.contents().runs()) {
                    if (run.origin() instanceof Origin.Zero) {
                        add(run.offset(), run.offset() + run.length());
                    }
                }
            }
        }
    }
}
