package io.untorn.model.history;

import io.untorn.model.contents.Stamp;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Footprint;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Subject;
import io.untorn.model.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * What to do, and where: plain data, bound to no run.
 *
 * @param target where the operations run; each trace finds it pristine: an empty file, or a device that reads as zeros
 *     wherever the trace reads
 * @param operations what to do, in order; at most {@link Stamp#MAX_OPERATIONS}, and none with a device's twin
 */
public record Trace(Target target, List<Operation> operations) {
    private static final int READ_BACK = 1 << 20;

    public Trace {
        operations = List.copyOf(operations);
        if (operations.size() > Stamp.MAX_OPERATIONS) {
            throw new IllegalArgumentException(
                    "a trace holds at most " + Stamp.MAX_OPERATIONS + " operations, not " + operations.size());
        }
        if (!target.kind().isFile() && touchedBy(operations).touchesTwin()) {
            throw new IllegalArgumentException("a device has no twin");
        }
    }

    /**
     * Return this trace followed by reads of everything it touches: the size, and the bytes of every range with 16 KiB
     * around, by direct reads, as far as a file can reach.
     */
    public Trace withReadBack() {
        List<Operation> all = new ArrayList<>(operations);
        all.add(new Statx());
        Footprint footprint = touchedBy(operations);
        footprint.ranges().forEach((from, to) -> {
            long end = Math.min(to, target.largestFile());
            for (long at = from; at < end; at += READ_BACK) {
                int length = (int) Math.min(READ_BACK, end - at);
                all.add(Read.plain(Access.DIRECT, at, length));
                if (footprint.touchesTwin()) {
                    all.add(new Read(RwFlags.NONE, Access.DIRECT, Subject.TWIN, at, length));
                }
            }
        });
        return new Trace(target, all);
    }

    /** Return the ranges that the operations touch, with what is around them: starts and ends, in whole pages. */
    public SortedMap<Long, Long> footprint() {
        return touchedBy(operations).ranges();
    }

    /** Tell whether an operation uses the file's twin. */
    public boolean touchesTwin() {
        return touchedBy(operations).touchesTwin();
    }

    private static Footprint touchedBy(List<Operation> operations) {
        Footprint footprint = new Footprint();
        operations.forEach(operation -> operation.touch(footprint));
        return footprint;
    }
}
