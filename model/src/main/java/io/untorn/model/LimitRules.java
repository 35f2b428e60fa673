package io.untorn.model;

import io.untorn.model.Rule.Seen;

/** Holds the limits that a history found against what they derive from. */
final class LimitRules {
    private LimitRules() {}

    static Seen none(History history) {
        return equal(Limits.NONE, history.environment().limits());
    }

    static Seen queueFollowsDisk(History history) {
        return equal(history.environment().profile(), history.environment().queue());
    }

    static Seen statxFollowsQueue(History history) {
        return equal(
                history.environment().queue(), withinUnits(history.environment().limits()));
    }

    static Seen inOrder(History history) {
        Limits limits = history.environment().limits();
        if (!limits.supported()) {
            return Seen.NOT_APPLICABLE;
        }
        boolean inOrder = limits.attribute()
                && Long.bitCount(limits.unitMin()) == 1
                && Long.bitCount(limits.unitMax()) == 1
                && limits.unitMin() <= limits.unitMax()
                && limits.unitMaxOptimal() <= limits.unitMax()
                && limits.segmentsMax() == 1;
        return inOrder
                ? Seen.HOLDS
                : new Seen.Broken("powers of two in order, one segment, the attribute", limits.toString());
    }

    static Seen ext4(History history) {
        int block = history.trace().target().blockSize();
        DiskLimits queue = history.environment().queue();
        long min = Math.max(block, queue.unitMin());
        long max = Math.min(block, queue.unitMax());
        return equal(
                queue.supported() && min <= max ? new DiskLimits(min, max) : DiskLimits.NONE,
                withinUnits(history.environment().limits()));
    }

    static Seen xfsSingleBlock(History history) {
        int block = history.trace().target().blockSize();
        return equal(
                fits(history) ? new DiskLimits(block, block) : DiskLimits.NONE,
                withinUnits(history.environment().limits()));
    }

    static Seen xfs(History history) {
        int block = history.trace().target().blockSize();
        Limits limits = history.environment().limits();
        long max = limits.unitMax();
        long diskMax = fits(history) ? history.environment().queue().unitMax() : 0;
        long optimal = max <= block ? 0 : Math.min(max, diskMax);
        return equal(new Limits(block, Math.max(max, block), optimal, 1, true), limits);
    }

    private static boolean fits(History history) {
        int block = history.trace().target().blockSize();
        DiskLimits queue = history.environment().queue();
        return queue.supported() && queue.unitMin() <= block && block <= queue.unitMax();
    }

    private static DiskLimits withinUnits(Limits limits) {
        return new DiskLimits(limits.unitMin(), limits.unitMax());
    }

    private static Seen equal(Object expected, Object actual) {
        return expected.equals(actual) ? Seen.HOLDS : new Seen.Broken(expected.toString(), actual.toString());
    }
}
