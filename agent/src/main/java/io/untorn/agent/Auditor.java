package io.untorn.agent;

import io.untorn.agent.linux.SpaceUsed;
import io.untorn.agent.protocol.AgentException;
import io.untorn.agent.protocol.Reply;
import io.untorn.model.history.Outcome;
import io.untorn.model.operation.Audit;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.TargetKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds what the operations of traces leave behind. Each look compares with the one before, so that what one trace leaves
 * is not found again in the next.
 */
final class Auditor {
    /** A read releases its pages when it has returned, from a queue of work, if they were written back meanwhile. */
    private static final Duration RELEASE_LIMIT = Duration.ofMillis(500);

    private static final Duration PAUSE = Duration.ofMillis(5);

    /** With this exit code and those above it a checker says that it failed itself: e2fsck(8), EXIT CODE. */
    private static final int CHECKER_FAILED = 8;

    /**
     * Before this version each mount that XFS refuses for its max_atomic_write takes the reserved blocks off the count of free
     * ones on disk (fs/xfs/xfs_mount.c, xfs_mountfs: fails after xfs_reserve_blocks, 6.16 to 6.18).
     */
    private static final KernelVersion REFUSED_MOUNTS_ARE_HARMLESS = KernelVersion.parse("7.3");

    /** How lines begin in which e2fsck and xfs_repair say what they do. */
    private static final List<String> PROGRESS = List.of("e2fsck ", "Pass ", "Phase ", "- ", "No modify flag set");

    /**
     * What checkers print of blocks that count as in use, though no file has them, and of what follows from that: {@code
     * sb_fdblocks 73000, counted 77096}, {@code Block bitmap differences:  -5968}; and the advice of e2fsck that a tree of extents
     * could be smaller, which is no fault.
     */
    private static final Pattern BLOCKS_IN_USE = Pattern.compile("sb_fdblocks .*"
            + "|Block bitmap differences:(\\s+-(\\d+|\\(\\d+--\\d+\\)))+"
            + "|Inode \\d+ extent tree \\(at level \\d+\\) could be (narrower|shorter)\\. {2}Optimize\\? no"
            + "|Free blocks count wrong.*|Fix\\? no|/dev/\\S+: .*");

    private final SystemCalls calls;
    private final PreparedTarget target;
    private long pinned;
    private SpaceUsed used;

    /**
     * Whether blocks that no file has may count as in use: after refused mounts, and in clusters of several blocks, where ext4
     * keeps some and no trace is known yet that shows it (e2fsck -fn after long runs, 7.3.4).
     */
    private boolean freeBlocksAreOff;

    /** Take what is there now, with no file of a trace, for what must be there later. */
    Auditor(SystemCalls calls, PreparedTarget target) {
        this.calls = calls;
        this.target = target;
        freeBlocksAreOff = target.target().clusterSize() > target.target().blockSize();
        OpenTarget.removeForGood(target);
        pinned = calls.pinnedPages();
        used = calls.spaceUsed(target);
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
        Reply.ProgramEnded ended = open.whileUnmounted(() -> calls.check(target));
        String checker = target.check().get(0);
        return freeBlocksAreOff ? faultsBesidesFreeBlocks(checker, ended) : faults(checker, ended);
    }

    /**
     * Return what a checker found: nothing if it exits with 0.
     *
     * @throws AgentException if it failed itself
     */
    static List<String> faults(String checker, Reply.ProgramEnded ended) {
        List<String> faults = new ArrayList<>();
        if (ended.exitCode() >= CHECKER_FAILED) {
            throw new AgentException(checker + " failed with exit code " + ended.exitCode() + ": " + ended.output());
        }
        if (ended.exitCode() != 0) {
            faults.add(checker + " exits with " + ended.exitCode());
            lines(ended).limit(Outcome.Unclean.MAX_FAULTS - 1).forEach(faults::add);
        }
        return faults;
    }

    /** Return what a checker found if it is more than that too few blocks are free. */
    static List<String> faultsBesidesFreeBlocks(String checker, Reply.ProgramEnded ended) {
        boolean onlyThose = lines(ended).findAny().isPresent()
                && lines(ended).allMatch(line -> BLOCKS_IN_USE.matcher(line).matches());
        return onlyThose ? List.of() : faults(checker, ended);
    }

    private static Stream<String> lines(Reply.ProgramEnded ended) {
        return ended.output()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && PROGRESS.stream().noneMatch(line::startsWith));
    }

    private List<String> unfreed(OpenTarget open) {
        SpaceUsed before = used;
        used = open.whileRemoved(() -> calls.spaceUsed(target));
        return faults(new SpaceUsed(freeBlocksAreOff ? used.bytes() : before.bytes(), before.inodes()), used);
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
