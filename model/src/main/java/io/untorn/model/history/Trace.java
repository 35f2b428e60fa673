package io.untorn.model.history;

import io.untorn.model.contents.Stamp;
import io.untorn.model.operation.Footprint;
import io.untorn.model.operation.Operation;
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

    /** Return this trace followed by looks at all that it touches, and at what it left behind. */
    public Trace withReadBack() {
        List<Operation> all = new ArrayList<>(operations);
        all.addAll(ReadBack.after(operations, touchedBy(operations), target.largestFile()));
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
