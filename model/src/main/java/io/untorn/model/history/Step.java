package io.untorn.model.history;

import io.untorn.model.operation.Operation;

/**
 * One operation as it went.
 *
 * @param operation what was asked for
 * @param invoked nanoseconds from the start of the trace to the system call
 * @param returned nanoseconds from the start of the trace to its return; not before {@code invoked}
 * @param outcome what came back
 */
public record Step(Operation operation, long invoked, long returned, Outcome outcome) {
    public Step {
        if (returned < invoked) {
            throw new IllegalArgumentException("returned " + returned + " ns, before it was invoked, " + invoked);
        }
    }
}
