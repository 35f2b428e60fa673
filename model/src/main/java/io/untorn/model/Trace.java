package io.untorn.model;

import java.util.List;

/**
 * What to do, and where: plain data, bound to no run.
 *
 * @param target where the operations run; each trace finds it pristine: an empty file, or a device that reads as zeros
 *     wherever the trace looks
 * @param operations what to do, in order; at most {@link Stamp#MAX_OPERATIONS}
 */
public record Trace(Target target, List<Operation> operations) {
    public Trace {
        operations = List.copyOf(operations);
        if (operations.size() > Stamp.MAX_OPERATIONS) {
            throw new IllegalArgumentException(
                    "a trace holds at most " + Stamp.MAX_OPERATIONS + " operations, not " + operations.size());
        }
    }
}
