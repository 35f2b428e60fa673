package io.untorn.model.history;

import java.util.List;

/**
 * A trace and all that was seen of it. Complete: it can be judged again without a kernel.
 *
 * @param trace what was asked for
 * @param environment what the trace found
 * @param steps the operations as they went, in order; fewer than the trace holds only where the kernel stopped answering
 * @param extents where a file's data lay at the end; empty for a block device
 * @param console the lines that the kernel printed meanwhile
 */
public record History(
        Trace trace, Environment environment, List<Step> steps, List<Extent> extents, List<String> console) {
    public History {
        steps = List.copyOf(steps);
        extents = List.copyOf(extents);
        console = List.copyOf(console);
        if (steps.size() > trace.operations().size()) {
            throw new IllegalArgumentException("a history of " + steps.size() + " steps for a trace of "
                    + trace.operations().size() + " operations");
        }
    }

    /** Return this history with the lines that the kernel printed meanwhile. */
    public History withConsole(List<String> lines) {
        return new History(trace, environment, steps, extents, lines);
    }
}
