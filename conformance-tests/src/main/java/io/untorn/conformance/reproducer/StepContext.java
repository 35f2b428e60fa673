package io.untorn.conformance.reproducer;

import io.untorn.model.history.Outcome;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.ChangeAttribute;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.operation.Reopen;
import io.untorn.model.target.TargetKind;

/**
 * What a step finds.
 *
 * @param target what it is done to
 * @param mode how the descriptors of writes and reads are open
 * @param attribute what the file was made
 */
record StepContext(TargetKind target, OpenMode mode, Attribute attribute) {
    /** Return what the first step finds. */
    static StepContext of(TargetKind target) {
        return new StepContext(target, OpenMode.READ_WRITE, Attribute.NONE);
    }

    /** Return what is found after a step: an open that may not succeed leaves open what is. */
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
