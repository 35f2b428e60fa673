package io.untorn.model.rule;

import io.untorn.model.target.Facility;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.Limits;
import io.untorn.model.target.TargetKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which kernels and targets a rule holds for.
 *
 * @param since the first version
 * @param before the version that ends it, itself outside
 * @param targets the kinds of target
 * @param support what statx must report of the target for the rule to be reachable
 * @param facility what the kernel under test must be able to do for the rule to be reachable
 */
public record Scope(
        KernelVersion since, KernelVersion before, Set<TargetKind> targets, Support support, Facility facility) {
    private static final KernelVersion FIRST = new KernelVersion(0, 0);
    private static final KernelVersion NEVER = new KernelVersion(Integer.MAX_VALUE, 0);

    /** Every kernel, every target. */
    public static final Scope EVERYWHERE =
            new Scope(FIRST, NEVER, EnumSet.allOf(TargetKind.class), Support.PRESENT_OR_ABSENT, Facility.NONE);

    /** Every kernel, files of every file system. */
    public static final Scope FILES = EVERYWHERE.on(TargetKind.EXT4, TargetKind.XFS);

    /** Every kernel, block devices. */
    public static final Scope DEVICES = EVERYWHERE.on(TargetKind.BLOCK_DEVICE);

    /** What statx must report of the target for a rule to be reachable there. */
    public enum Support {
        /** The target takes atomic writes. */
        PRESENT("where statx reports atomic writes") {
            @Override
            public boolean isMet(TargetKind target, Limits limits) {
                return limits.supported();
            }
        },
        /** It takes atomic writes, and a request that is within the limits can still be of a wrong length. */
        MORE_THAN_ONE_LENGTH("where statx reports atomic writes of more than one length") {
            @Override
            public boolean isMet(TargetKind target, Limits limits) {
                return limits.supported() && (!target.isFile() || limits.unitMin() < limits.unitMax());
            }
        },
        /** It takes none. */
        ABSENT("where statx reports no atomic writes") {
            @Override
            public boolean isMet(TargetKind target, Limits limits) {
                return !limits.supported();
            }
        },
        /** Either. */
        PRESENT_OR_ABSENT("everywhere") {
            @Override
            public boolean isMet(TargetKind target, Limits limits) {
                return true;
            }
        };

        private final String words;

        Support(String words) {
            this.words = words;
        }

        /** Tell whether a target with these limits is one. */
        public abstract boolean isMet(TargetKind target, Limits limits);

        @Override
        public String toString() {
            return words;
        }
    }

    public Scope {
        targets = Set.copyOf(targets);
    }

    /** Tell whether the rule is in force there. */
    public boolean covers(TargetKind target, KernelVersion kernel) {
        return targets.contains(target) && kernel.isAtLeast(since) && !kernel.isAtLeast(before);
    }

    /** Return the known versions that the rule holds for, in words; empty if it holds for all of them. */
    public String versions() {
        List<KernelVersion> known = KernelVersion.known();
        int first = (int)
                known.stream().filter(version -> !version.isAtLeast(since)).count();
        int end = (int)
                known.stream().filter(version -> !version.isAtLeast(before)).count();
        boolean ends = end < known.size();
        return first == 0
                ? ends ? "up to " + known.get(end - 1) : ""
                : ends ? known.get(first) + " to " + known.get(end - 1) : "since " + known.get(first);
    }

    public Scope since(int major, int minor) {
        return new Scope(new KernelVersion(major, minor), before, targets, support, facility);
    }

    public Scope before(int major, int minor) {
        return new Scope(since, new KernelVersion(major, minor), targets, support, facility);
    }

    public Scope on(TargetKind first, TargetKind... others) {
        return new Scope(since, before, EnumSet.of(first, others), support, facility);
    }

    public Scope where(Support needed) {
        return new Scope(since, before, targets, needed, facility);
    }

    public Scope needing(Facility needed) {
        return new Scope(since, before, targets, support, needed);
    }
}
