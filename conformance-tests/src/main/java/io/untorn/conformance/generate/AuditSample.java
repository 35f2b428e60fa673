package io.untorn.conformance.generate;

import io.untorn.model.history.History;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Audit;
import io.untorn.model.operation.FillSpace;
import io.untorn.model.operation.FreeSpace;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.PowerCut;
import io.untorn.model.operation.Remount;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides which random traces end with a check of the file system, so that checks take a set part of the time that operations
 * take: one takes as long as ten other traces, or a hundred. Traces come first that meet what file systems get wrong most
 * often: no space, a power cut, a mount.
 */
public final class AuditSample {
    private static final Operation CHECK = new Audit(Audit.Aspect.FILE_SYSTEM);

    /** The part of the time, in percent, up to which traces are checked that come first. */
    private static final int FIRST = 10;

    /** The same for all others. */
    private static final int OTHERS = 5;

    private long nanos;
    private long auditingNanos;

    /** Return a trace with a check at its end, or without one. */
    public Trace sampled(Trace drawn) {
        if (!drawn.target().kind().isFile()) {
            return drawn;
        }
        List<Operation> operations = new ArrayList<>(drawn.operations());
        if (auditingNanos * 100 > nanos * (comesFirst(drawn) ? FIRST : OTHERS)) {
            operations.removeIf(CHECK::equals);
        } else if (!operations.contains(CHECK)) {
            operations.add(CHECK);
        }
        return new Trace(drawn.target(), operations);
    }

    private static boolean comesFirst(Trace trace) {
        return trace.operations().stream()
                .anyMatch(operation -> operation instanceof FillSpace fill
                        ? fill.left() != FreeSpace.PLENTY
                        : operation instanceof Remount || operation instanceof PowerCut);
    }

    /** Note how long the operations of a trace took. */
    public void ran(History history) {
        for (Step step : history.steps()) {
            long took = step.returned() - step.invoked();
            nanos += took;
            if (step.operation() instanceof Audit audit && audit.unmounts()) {
                auditingNanos += took;
            }
        }
    }
}
