package io.untorn.vm;

import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.operation.Remount;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.TargetKind;

/**
 * Counts the mounts that XFS refused on one file system. Before 7.3 each refusal of max_atomic_write takes the blocks that
 * are reserved at mount, a twentieth of all, off the count of free ones on disk, so that in the end the file system
 * seems full: findings/xfs-refused-mounts-take-space.
 */
final class RefusedMounts {
    private static final KernelVersion HARMLESS_SINCE = KernelVersion.parse("7.3");

    /** As many take a fifth of the file system. */
    private static final int MOST = 4;

    private int refused;

    /** Count those of a trace; return whether the file system has to be made again, and begin anew if so. */
    boolean wearOut(History history) {
        if (history.trace().target().kind() != TargetKind.XFS
                || history.environment().kernel().isAtLeast(HARMLESS_SINCE)) {
            return false;
        }
        refused += (int) history.steps().stream()
                .filter(step -> step.operation() instanceof Remount remount
                        && remount.unmounts()
                        && step.outcome() instanceof Outcome.Failed)
                .count();
        boolean isWorn = refused >= MOST;
        refused = isWorn ? 0 : refused;
        return isWorn;
    }
}
