package io.untorn.model;

import java.util.EnumSet;
import java.util.Set;

/**
 * Which kernels and targets a rule holds for.
 *
 * @param since the first version
 * @param before the version that ends it, itself outside
 * @param targets the kinds of target
 * @param support what statx must tell of the target for the rule to be reachable
 */
public record Scope(KernelVersion since, KernelVersion before, Set<TargetKind> targets, Support support) {
    private static final KernelVersion FIRST = new KernelVersion(0, 0);
    private static final KernelVersion NEVER = new KernelVersion(Integer.MAX_VALUE, 0);

    /** Every kernel, every target. */
    public static final Scope EVERYWHERE =
            new Scope(FIRST, NEVER, EnumSet.allOf(TargetKind.class), Support.PRESENT_OR_ABSENT);

    /** Whether the target takes atomic writes. */
    public enum Support {
        PRESENT,
        ABSENT,
        PRESENT_OR_ABSENT
    }

    public Scope {
        targets = Set.copyOf(targets);
    }

    /** Tell whether the rule is in force there. */
    public boolean covers(TargetKind target, KernelVersion kernel) {
        return targets.contains(target) && kernel.isAtLeast(since) && !kernel.isAtLeast(before);
    }

    /** Tell whether a target that does, or does not, take atomic writes can reach the rule. */
    public boolean isReachable(boolean supported) {
        return support == Support.PRESENT_OR_ABSENT || (support == Support.PRESENT) == supported;
    }

    Scope since(int major, int minor) {
        return new Scope(new KernelVersion(major, minor), before, targets, support);
    }

    Scope before(int major, int minor) {
        return new Scope(since, new KernelVersion(major, minor), targets, support);
    }

    Scope on(TargetKind first, TargetKind... others) {
        return new Scope(since, before, EnumSet.of(first, others), support);
    }

    Scope where(Support needed) {
        return new Scope(since, before, targets, needed);
    }
}
