package io.untorn.conformance.run;

import io.untorn.model.history.History;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Audit;
import io.untorn.model.operation.MapLoad;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.TwinLoad;
import io.untorn.model.oracle.Verdict;
import java.time.Duration;
import java.util.List;

/**
 * A trace that ran and was judged.
 *
 * @param history with the looks at what the trace left
 */
record Examined(History history, Verdict verdict) {
    /**
     * Return how long the kernel took to show what a trace left, beyond direct reads: audits, and the reads through the page
     * cache at its end.
     */
    static Duration looking(Trace trace, History history) {
        List<Step> steps = history.steps();
        long nanos = 0;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            boolean atTheEnd = i >= trace.operations().size();
            if (step.operation() instanceof Audit || (atTheEnd && isThroughCache(step.operation()))) {
                nanos += step.returned() - step.invoked();
            }
        }
        return Duration.ofNanos(nanos);
    }

    private static boolean isThroughCache(Operation operation) {
        return operation instanceof MapLoad
                || operation instanceof TwinLoad
                || (operation instanceof Read read && read.access() == Access.BUFFERED);
    }
}
