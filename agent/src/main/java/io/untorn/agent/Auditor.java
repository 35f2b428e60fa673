package io.untorn.agent;

import io.untorn.agent.linux.SpaceUsed;
import io.untorn.model.history.Outcome;
import io.untorn.model.operation.Audit;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * Finds what the operations of traces leave behind. Each look compares with the one before, so that what one trace leaves
 * is not found again in the next.
 */
final class Auditor {
    /** A read releases its pages when it has returned, from a queue of work, if they were written back meanwhile. */
    private static final Duration RELEASE_LIMIT = Duration.ofMillis(500);

    private static final Duration PAUSE = Duration.ofMillis(5);

    /**
     * Before this version each mount that XFS refuses for its max_atomic_write takes the reserved blocks off the count of free
     * ones on disk (fs/xfs/xfs_mount.c, xfs_mountfs: fails after xfs_reserve_blocks, 6.16 to 6.18).
     */
    private static final KernelVersion REFUSED_MOUNTS_ARE_HARMLESS = KernelVersion.parse("7.3");

    /** What xfs_repair prints of that count: {@code sb_fdblocks 73000, counted 77096}. */
    private static final Pattern FREE_COUNT_ON_DISK = Pattern.compile("sb_fdblocks .*");

    private final SystemCalls calls;
    private final PreparedTarget target;
    private final long usedAtFirst;
    private long pinned;
    private SpaceUsed used;

    /** Whether blocks that no file has may count as in use on disk: after refused mounts. */
    private boolean freeBlocksAreOff;

    /** Take what is there now, with no file of a trace, for what must be there later. */
    Auditor(SystemCalls calls, PreparedTarget target) {
        this.calls = calls;
        this.target = target;
        OpenTarget.removeForGood(target);
        pinned = calls.pinnedPages();
        used = calls.spaceUsed(target);
        usedAtFirst = used.bytes();
    }

    /**
     * Begin a trace, whose files are there and empty. Clusters that an earlier trace left in use are not told of this one:
     * ext4 is known to leave some where it counts those of a file wrong (known deviation ext4-last-cluster-not-counted), and
     * most traces are not looked at.
     */
    void beginTrace() {
        if (hasClusters()) {
            used = new SpaceUsed(calls.spaceUsed(target).bytes(), used.inodes());
        }
    }

    private boolean hasClusters() {
        return target.target().clusterSize() > target.target().blockSize();
    }

    /** Look at one aspect of a target. */
    Outcome audit(OpenTarget open, Audit.Aspect aspect) {
        List<String> faults =
                switch (aspect) {
                    case PINNED_PAGES -> pages();
                    case FILE_SYSTEM -> open.isMounted() ? unrepaired(open) : List.of();
                    case FREE_SPACE -> open.isMounted() ? unfreed(open) : List.of();
                };
        return faults.isEmpty() ? Outcome.DONE : new Outcome.Unclean(faults);
    }

    /** Fewer than before is no fault: the kernel releases what preparing the target read later, by a worker. */
    private List<String> pages() {
        long before = pinned;
        long deadline = System.nanoTime() + RELEASE_LIMIT.toNanos();
        pinned = calls.pinnedPages();
        while (pinned > before && System.nanoTime() < deadline) {
            LockSupport.parkNanos(PAUSE.toNanos());
            pinned = calls.pinnedPages();
        }
        return pinned <= before ? List.of() : List.of((pinned - before) + " pages of memory are still pinned");
    }

    /** Note a mount that was refused: the count of free blocks may be off until the file system is made again. */
    void mountWasRefused() {
        freeBlocksAreOff |= target.target().kind() == TargetKind.XFS
                && !KernelVersion.parse(System.getProperty("os.version")).isAtLeast(REFUSED_MOUNTS_ARE_HARMLESS);
    }

    private List<String> unrepaired(OpenTarget open) {
        CheckerOutput found = new CheckerOutput(target.check().get(0), open.whileUnmounted(() -> calls.check(target)));
        if (freeBlocksAreOff) {
            return found.faultsBeside(FREE_COUNT_ON_DISK);
        }
        Target on = target.target();
        return hasClusters()
                ? found.faultsBesideClusters(
                        (used.bytes() - usedAtFirst) / on.clusterSize(), on.clusterSize() / on.blockSize())
                : found.faults();
    }

    private List<String> unfreed(OpenTarget open) {
        SpaceUsed before = used;
        used = open.whileRemoved(() -> calls.spaceUsed(target));
        return faults(new SpaceUsed(bytesExpected(before), before.inodes()), used);
    }

    /** A file of an earlier trace may have been gone a little later than the next trace began. */
    private long bytesExpected(SpaceUsed before) {
        if (freeBlocksAreOff) {
            return used.bytes();
        }
        return hasClusters() ? Math.min(before.bytes(), used.bytes()) : before.bytes();
    }

    /** Return what is no longer in use as it was. */
    static List<String> faults(SpaceUsed before, SpaceUsed after) {
        List<String> faults = new ArrayList<>();
        if (after.bytes() != before.bytes()) {
            faults.add((after.bytes() - before.bytes()) + " bytes more are in use than before the file was made");
        }
        if (after.inodes() != before.inodes()) {
            faults.add((after.inodes() - before.inodes()) + " inodes more are in use than before the file was made");
        }
        return faults;
    }
}
