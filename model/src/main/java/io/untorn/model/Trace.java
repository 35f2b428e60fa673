package io.untorn.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What to do, and where: plain data, bound to no run.
 *
 * @param target where the operations run; each trace finds it pristine: an empty file, or a device that reads as zeros
 *     wherever the trace looks
 * @param operations what to do, in order; at most {@link Stamp#MAX_OPERATIONS}
 */
public record Trace(Target target, List<Operation> operations) {
    private static final int PAGE = 4096;
    private static final int NEIGHBOURHOOD = 4 * PAGE;
    private static final int READ_BACK = 1 << 20;

    public Trace {
        operations = List.copyOf(operations);
        if (operations.size() > Stamp.MAX_OPERATIONS) {
            throw new IllegalArgumentException(
                    "a trace holds at most " + Stamp.MAX_OPERATIONS + " operations, not " + operations.size());
        }
    }

    /**
     * Return this trace with a look at everything it touches behind it: the size, and the bytes of every range with
     * {@value #NEIGHBOURHOOD} bytes around, by direct reads.
     */
    public Trace withReadBack() {
        List<Operation> all = new ArrayList<>(operations);
        all.add(new Operation.Statx());
        footprint().forEach((from, to) -> {
            for (long at = from; at < to; at += READ_BACK) {
                all.add(new Operation.Read(Access.DIRECT, at, (int) Math.min(READ_BACK, to - at)));
            }
        });
        return new Trace(target, all);
    }

    /** Return the ranges that the operations touch, with what is around them: starts and ends, in whole pages. */
    public SortedMap<Long, Long> footprint() {
        TreeMap<Long, Long> ranges = new TreeMap<>();
        for (Operation operation : operations) {
            operation.ranges().forEach(range -> {
                long from = Math.max(0, range.offset() - NEIGHBOURHOOD) / PAGE * PAGE;
                long to = (range.end() + NEIGHBOURHOOD + PAGE - 1) / PAGE * PAGE;
                Map.Entry<Long, Long> before = ranges.floorEntry(to);
                while (before != null && before.getValue() >= from) {
                    from = Math.min(from, before.getKey());
                    to = Math.max(to, before.getValue());
                    ranges.remove(before.getKey());
                    before = ranges.floorEntry(to);
                }
                ranges.put(from, to);
            });
        }
        return ranges;
    }
}
