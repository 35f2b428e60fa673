package io.untorn.model.history;

import io.untorn.model.operation.Operation;

/**
 * One operation as it went.
 *
 * @param operation what was asked for
 * @param invoked nanoseconds from the start of the trace to the system call, the first time
 * @param returned nanoseconds from the start of the trace to its return; not before {@code invoked}
 * @param outcome what came back, the last time
 * @param repeats how often it was repeated before that
 */
public record Step(Operation operation, long invoked, long returned, Outcome outcome, Repeats repeats) {
    /** Create a step whose call was made once. */
    public Step(Operation operation, long invoked, long returned, Outcome outcome) {
        this(operation, invoked, returned, outcome, Repeats.NONE);
    }

    public Step {
        if (returned < invoked) {
            throw new IllegalArgumentException("returned " + returned + " ns, before it was invoked, " + invoked);
        }
    }

    /** Return what a write of the operation came back with, by its place among them. */
    public Outcome outcomeOf(int write) {
        return outcome instanceof Outcome.Each each && write < each.requests().size()
                ? each.requests().get(write)
                : outcome;
    }
}
