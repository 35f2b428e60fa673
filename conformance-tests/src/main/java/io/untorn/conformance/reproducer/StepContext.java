package io.untorn.conformance.reproducer;

import io.untorn.model.history.Outcome;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.ChangeAttribute;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.operation.Reopen;
import io.untorn.model.target.TargetKind;

/**
 * What the steps before a step left.
 *
 * @param target where it runs
 * @param mode the open mode of the descriptors for writes and reads
 * @param attribute the attribute that the file has
 */
record StepContext(TargetKind target, OpenMode mode, Attribute attribute) {
    /** Return the context of the first step. */
    static StepContext of(TargetKind target) {
        return new StepContext(target, OpenMode.READ_WRITE, Attribute.NONE);
    }

    /** Return the context after a step: an open that must fail leaves the old descriptors open. */
    StepContext after(ReproducerStep step) {
        if (!step.expected().permits(Outcome.DONE)) {
            return this;
        }
        if (step.operation() instanceof Reopen reopen) {
            return new StepContext(target, reopen.mode(), attribute);
        }
        return step.operation() instanceof ChangeAttribute change
                ? new StepContext(target, mode, change.attribute())
                : this;
    }
}
