package io.untorn.conformance.coverage;

import io.untorn.model.operation.HintExtentSize;
import io.untorn.model.operation.Operation;
import io.untorn.model.rule.Situation;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;

/**
 * What a kernel keeps of a target and no rule depends on, derived from the operations.
 *
 * @param caching what the page cache holds
 * @param extentHint the last extent size hint that was set, in bytes; 0 for none
 */
public record HiddenKernelState(Caching caching, int extentHint) {
    public static final HiddenKernelState NOTHING = new HiddenKernelState(Caching.EMPTY, 0);

    /** Return what is kept after an operation. */
    HiddenKernelState after(Operation operation, Situation on) {
        int hint = operation instanceof HintExtentSize asked && takes(on.target(), asked) ? asked.bytes() : extentHint;
        return new HiddenKernelState(caching.after(operation, on), hint);
    }

    private static boolean takes(Target target, HintExtentSize hint) {
        return target.kind() == TargetKind.XFS && hint.bytes() % target.blockSize() == 0;
    }
}
