package io.untorn.conformance.deviation;

import java.util.ArrayList;
import java.util.List;

/** Ranges of the file's bytes. */
final class Ranges {
    private List<Range> ranges = new ArrayList<>();

    private record Range(long from, long to) {}

    void add(long from, long to) {
        if (from < to) {
            ranges.add(new Range(from, to));
        }
    }

    /** Take out all from an offset on. */
    void cut(long offset) {
        ranges = new ArrayList<>(ranges.stream()
                .filter(range -> range.from() < offset)
                .map(range -> new Range(range.from(), Math.min(range.to(), offset)))
                .toList());
    }

    void clear() {
        ranges.clear();
    }

    boolean meets(long from, long to) {
        return ranges.stream().anyMatch(range -> range.from() < to && from < range.to());
    }
}
