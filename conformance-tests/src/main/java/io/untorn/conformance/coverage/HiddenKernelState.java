package io.untorn.conformance.coverage;

import io.untorn.model.operation.Batch;
import io.untorn.model.operation.HintExtentSize;
import io.untorn.model.operation.Layout;
import io.untorn.model.operation.Operation;
import io.untorn.model.rule.Situation;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.util.List;

/**
 * What a kernel keeps of a target and no rule depends on, derived from the operations.
 *
 * @param caching what the page cache holds
 * @param copies where XFS may hold blocks for copies
 * @param extentHint the last extent size hint that was set, in bytes; 0 for none
 * @param touched whether anything was done that may change a target: a kernel may remember that of one that is as new
 */
public record HiddenKernelState(Caching caching, CopyFork copies, int extentHint, boolean touched) {
    public static final HiddenKernelState NOTHING = new HiddenKernelState(Caching.EMPTY, CopyFork.EMPTY, 0, false);

    /** Return what is kept after an operation. */
    HiddenKernelState after(Operation operation, Situation on) {
        if (operation instanceof Layout layout) {
            return afterAll(layout.calls(), on);
        }
        if (operation instanceof Batch batch) {
            return afterAll(batch.requests(), on);
        }
        int hint = operation instanceof HintExtentSize asked && takes(on.target(), asked) ? asked.bytes() : extentHint;
        return new HiddenKernelState(
                caching.after(operation, on), copies.after(operation, on), hint, touched || operation.mayChange());
    }

    private HiddenKernelState afterAll(List<? extends Operation> calls, Situation on) {
        HiddenKernelState state = this;
        for (Operation call : calls) {
            state = state.after(call, on);
        }
        return state;
    }

    private static boolean takes(Target target, HintExtentSize hint) {
        return target.kind() == TargetKind.XFS && hint.bytes() % target.blockSize() == 0;
    }
}
