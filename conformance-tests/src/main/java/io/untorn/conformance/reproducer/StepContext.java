package io.untorn.conformance.reproducer;

import io.untorn.model.history.Outcome;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.Audit;
import io.untorn.model.operation.ChangeAttribute;
import io.untorn.model.operation.HoldMapping;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.ReleaseMapping;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Reopen;
import io.untorn.model.target.TargetKind;
import java.util.Optional;

/**
 * What the steps before a step left.
 *
 * @param target where it runs
 * @param mode the open mode of the descriptors for writes and reads
 * @param attribute the attribute that the file has
 * @param mapping what a step before it keeps mapped
 */
record StepContext(TargetKind target, OpenMode mode, Attribute attribute, Optional<HoldMapping> mapping) {
    /** Return the context of the first step. */
    static StepContext of(TargetKind target) {
        return new StepContext(target, OpenMode.READ_WRITE, Attribute.NONE, Optional.empty());
    }

    /** Return the context after a step: an open that must fail leaves the old descriptors open. */
    StepContext after(ReproducerStep step) {
        if (endsMapping(step.operation()) && mapping.isPresent()) {
            return new StepContext(target, mode, attribute, Optional.empty()).after(step);
        }
        if (!step.expected().permits(Outcome.DONE)) {
            return this;
        }
        if (step.operation() instanceof HoldMapping hold) {
            return new StepContext(target, mode, attribute, Optional.of(hold));
        }
        if (step.operation() instanceof Reopen reopen) {
            return new StepContext(target, reopen.mode(), attribute, mapping);
        }
        return step.operation() instanceof ChangeAttribute change
                ? new StepContext(target, mode, change.attribute(), mapping)
                : this;
    }

    private boolean endsMapping(Operation operation) {
        return operation instanceof HoldMapping
                || operation instanceof ReleaseMapping
                || (operation instanceof Remount remount && remount.unmounts())
                || (operation instanceof Audit audit && audit.unmounts() && target.isFile());
    }

    /** Tell whether all of a range is kept mapped. */
    boolean holds(long offset, int length) {
        return mapping.filter(held -> held.covers(offset, length)).isPresent();
    }
}
