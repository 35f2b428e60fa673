package io.untorn.model.rules;

import static io.untorn.model.history.Outcome.DONE;
import static io.untorn.model.rule.Expectation.allowed;
import static io.untorn.model.rule.Expectation.anyOf;
import static io.untorn.model.rule.Expectation.notable;
import static io.untorn.model.rule.Expectation.required;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.DEVICES;
import static io.untorn.model.rule.Scope.FILES;
import static io.untorn.model.target.TargetKind.EXT4;
import static io.untorn.model.target.TargetKind.XFS;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.Fallocate.Mode;
import io.untorn.model.rule.Expectation;
import io.untorn.model.rule.Expectation.Permit;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Rule.Answer;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.FileState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** What fallocate(2) may answer: of these rules the first that applies decides. */
final class FallocateRules {
    private static final Rule DEVICE_FALLOCATE_ZEROS_OR_NOTHING = answering(
                    "device-fallocate-zeros-or-nothing",
                    "A block device may refuse fallocate with EOPNOTSUPP or EINVAL; if it makes zeros, they are where "
                            + "they were asked for, and nothing else changes.",
                    DEVICES,
                    Answer.always(Fallocate.class, FallocateRules::refusedOrZeroed),
                    "kernel block/fops.c, blkdev_fallocate: EOPNOTSUPP for what makes no zeros, EINVAL outside and for what is "
                            + "not in logical blocks (6.1 to 7.3)")
            .silent();

    private static final Rule FALLOCATE_NEEDS_LENGTH = answering(
            "fallocate-needs-length",
            "fallocate of no bytes fails with EINVAL.",
            FILES,
            new Answer<>(
                    Fallocate.class,
                    (fallocate, on) -> fallocate.length() == 0,
                    (fallocate, on) -> on.refusal(Errno.EINVAL)),
            "fallocate(2), ERRORS, EINVAL");

    private static final Rule APPEND_ONLY_FILE_IS_ALLOCATED_ONLY = answering(
            "append-only-file-is-allocated-only",
            "Of an append-only file blocks can be allocated; all else that fallocate does fails with EPERM.",
            FILES,
            new Answer<>(
                    Fallocate.class,
                    (fallocate, on) -> on.is(Attribute.APPEND_ONLY) && !fallocate.allocates(),
                    (fallocate, on) -> on.refusal(Errno.EPERM)),
            "fallocate(2), ERRORS, EPERM",
            "kernel fs/open.c, vfs_fallocate (6.1 to 7.3)");

    private static final Rule IMMUTABLE_FILE_KEEPS_BLOCKS = answering(
            "immutable-file-keeps-blocks",
            "fallocate of an immutable file fails with EPERM, also through a descriptor that was opened before.",
            FILES,
            new Answer<>(
                    Fallocate.class,
                    (fallocate, on) -> on.is(Attribute.IMMUTABLE),
                    (fallocate, on) -> on.refusal(Errno.EPERM)),
            "fallocate(2), ERRORS, EPERM",
            "kernel fs/open.c, vfs_fallocate (6.1 to 7.3)");

    private static final Rule FALLOCATE_WITHIN_LARGEST_FILE = answering(
            "fallocate-within-largest-file",
            "fallocate of a range that ends beyond the largest size of a file fails with EFBIG, whatever it is to do there.",
            FILES.on(EXT4),
            new Answer<>(
                    Fallocate.class,
                    (fallocate, on) -> on.exceedsLargestFile(fallocate.end()),
                    (fallocate, on) -> on.refusal(Errno.EFBIG)),
            "fallocate(2), ERRORS, EFBIG",
            "kernel fs/open.c, vfs_fallocate; fs/ext4/super.c, ext4_max_size (6.1 to 7.3)");

    private static final Rule INSERT_MUST_LEAVE_FILE_IN_REACH = answering(
            "insert-must-leave-file-in-reach",
            "Inserting a range that would make a file larger than its largest size fails with EFBIG, or EINVAL if it does not "
                    + "fit either. One that would move blocks beyond EOF there may fail with EINVAL; the file has then "
                    + "grown, or not.",
            FILES.on(EXT4),
            new Answer<>(Fallocate.class, FallocateRules::insertsOutOfReach, FallocateRules::outOfReach),
            "fallocate(2), ERRORS, EFBIG, EINVAL",
            "kernel fs/ext4/extents.c, ext4_insert_range, ext4_ext_shift_extents (6.1 to 7.3)");

    private static final Rule UNSHARE_NEEDS_SHARED_BLOCKS = answering(
            "unshare-needs-shared-blocks",
            "A file system that can't share blocks refuses to unshare them.",
            FILES.on(EXT4),
            new Answer<>(
                    Fallocate.class,
                    (fallocate, on) -> fallocate.mode() == Mode.UNSHARE_RANGE,
                    (fallocate, on) -> on.refusal(Errno.EOPNOTSUPP)),
            "fallocate(2), Unsharing file space");

    private static final Rule MOVED_RANGE_MUST_FIT = answering(
            "moved-range-must-fit",
            "Collapsing and inserting take whole allocation units that lie before the end of the file; else EINVAL.",
            FILES,
            new Answer<>(
                    Fallocate.class,
                    (fallocate, on) -> fallocate.moves() && !fits(fallocate, on),
                    (fallocate, on) -> on.refusal(Errno.EINVAL)),
            "fallocate(2), ERRORS, EINVAL");

    private static final Rule FALLOCATE_WITHIN_SIZE_LIMIT = answering(
            "fallocate-within-size-limit",
            "fallocate that would make a file longer than RLIMIT_FSIZE fails with EFBIG.",
            FILES,
            new Answer<>(
                    Fallocate.class,
                    (fallocate, on) -> fallocate.mode() != Mode.INSERT_RANGE
                            && sizeAfter(fallocate, on) > on.size()
                            && on.exceedsSizeLimit(sizeAfter(fallocate, on)),
                    (fallocate, on) -> on.refusal(Errno.EFBIG)),
            "setrlimit(2), RLIMIT_FSIZE",
            "kernel fs/attr.c, inode_newsize_ok (6.1 to 7.3)");

    private static final Rule FALLOCATE_MAY_LACK_SPACE = answering(
                    "fallocate-may-lack-space",
                    "If space is scarce, fallocate may fail with ENOSPC. No document says what is done by then: data "
                            + "is where it was, or where it was to go, or zeros if these were asked for; the file may "
                            + "have grown.",
                    FILES,
                    new Answer<>(Fallocate.class, (fallocate, on) -> on.isSpaceScarce(), FallocateRules::doneOrLacking),
                    "fallocate(2), ERRORS, ENOSPC",
                    "kernel fs/ext4/extents.c, ext4_alloc_file_blocks, ext4_insert_range; fs/xfs/xfs_bmap_util.c, "
                            + "xfs_free_file_space; fs/xfs/xfs_file.c, xfs_falloc_insert_range (6.18)")
            .silent();

    private static final Rule INSERT_BEHIND_SIZE_LIMIT = answering(
                    "insert-behind-size-limit",
                    "No document says whether inserting a range may make a file longer than RLIMIT_FSIZE: XFS fails with "
                            + "EFBIG, ext4 may, or does it.",
                    FILES,
                    new Answer<>(
                            Fallocate.class,
                            FallocateRules::insertsBehindSizeLimit,
                            (fallocate, on) -> on.target().kind() == XFS
                                    ? on.refusal(Errno.EFBIG)
                                    : anyOf(
                                            allowed(new Outcome.Failed(Errno.EFBIG), on.state()),
                                            allowed(DONE, onFile(fallocate, on)))),
                    "kernel fs/xfs/xfs_file.c, xfs_falloc_insert_range: sets the size first, as truncate does; "
                            + "fs/ext4/extents.c, ext4_insert_range: does not look at it (6.1 to 7.3)")
            .silent();

    private static final Rule ALLOCATE_KEEPS_DATA = answering(
            "allocate-keeps-data",
            "Allocating changes no data; if the range ends past EOF, the file grows, unless its size is to be kept.",
            FILES,
            doing(Mode.ALLOCATE, Mode.ALLOCATE_KEEP_SIZE),
            "fallocate(2), Allocating disk space");

    private static final Rule PUNCH_MAKES_ZEROS = answering(
            "punch-makes-zeros",
            "A punched range reads as zeros; the size stays.",
            FILES,
            doing(Mode.PUNCH_HOLE),
            "fallocate(2), Deallocating file space");

    private static final Rule ZERO_RANGE_MAKES_ZEROS = answering(
            "zero-range-makes-zeros",
            "A zeroed range reads as zeros; if it ends past EOF, the file grows, unless its size is to be kept.",
            FILES,
            doing(Mode.ZERO_RANGE, Mode.ZERO_RANGE_KEEP_SIZE),
            "fallocate(2), Zeroing file space");

    private static final Rule COLLAPSE_MOVES_DATA_UP = answering(
            "collapse-moves-data-up",
            "Collapsing a range removes it; what followed it moves there.",
            FILES,
            doing(Mode.COLLAPSE_RANGE),
            "fallocate(2), Collapsing file space");

    private static final Rule INSERT_MOVES_DATA_DOWN = answering(
            "insert-moves-data-down",
            "Inserting a range makes a hole; what was there follows it.",
            FILES,
            doing(Mode.INSERT_RANGE),
            "fallocate(2), Increasing file space");

    private static final Rule UNSHARE_KEEPS_DATA = answering(
            "unshare-keeps-data",
            "Unsharing changes no data; if the range ends past EOF, the file grows.",
            FILES.on(XFS),
            doing(Mode.UNSHARE_RANGE),
            "fallocate(2), Unsharing file space");

    static final List<Rule> ORDER = List.of(
            DEVICE_FALLOCATE_ZEROS_OR_NOTHING,
            FALLOCATE_NEEDS_LENGTH,
            APPEND_ONLY_FILE_IS_ALLOCATED_ONLY,
            IMMUTABLE_FILE_KEEPS_BLOCKS,
            FALLOCATE_WITHIN_LARGEST_FILE,
            UNSHARE_NEEDS_SHARED_BLOCKS,
            INSERT_MUST_LEAVE_FILE_IN_REACH,
            MOVED_RANGE_MUST_FIT,
            FALLOCATE_WITHIN_SIZE_LIMIT,
            FALLOCATE_MAY_LACK_SPACE,
            INSERT_BEHIND_SIZE_LIMIT,
            ALLOCATE_KEEPS_DATA,
            PUNCH_MAKES_ZEROS,
            ZERO_RANGE_MAKES_ZEROS,
            COLLAPSE_MOVES_DATA_UP,
            INSERT_MOVES_DATA_DOWN,
            UNSHARE_KEEPS_DATA);

    private FallocateRules() {}

    private static Answer<Fallocate> doing(Mode... modes) {
        Set<Mode> all = Set.of(modes);
        return new Answer<>(
                Fallocate.class,
                (fallocate, on) -> all.contains(fallocate.mode()),
                (fallocate, on) -> required(DONE, onFile(fallocate, on)));
    }

    private static boolean fits(Fallocate fallocate, Situation on) {
        return (fallocate.offset() | fallocate.length()) % on.target().allocationUnit() == 0
                && (fallocate.mode() == Mode.INSERT_RANGE ? fallocate.offset() : fallocate.end()) < on.size();
    }

    private static boolean insertsOutOfReach(Fallocate fallocate, Situation on) {
        long last = Math.max(on.size(), on.state().blocks().end());
        return fallocate.mode() == Mode.INSERT_RANGE && on.exceedsLargestFile(last + fallocate.length());
    }

    private static Expectation outOfReach(Fallocate fallocate, Situation on) {
        if (on.exceedsLargestFile(sizeAfter(fallocate, on))) {
            return new Expectation(Refusals.of(Errno.EFBIG)
                    .or(Errno.EINVAL, !fits(fallocate, on))
                    .of(on));
        }
        if (!fits(fallocate, on)) {
            return on.refusal(Errno.EINVAL);
        }
        FileState grown = on.state().grownTo(sizeAfter(fallocate, on));
        List<Permit> permits = new ArrayList<>(List.of(
                allowed(DONE, onFile(fallocate, on)),
                allowed(new Outcome.Failed(Errno.EINVAL), on.state()),
                allowed(new Outcome.Failed(Errno.EINVAL), grown)));
        if (insertsBehindSizeLimit(fallocate, on)) {
            permits.add(allowed(new Outcome.Failed(Errno.EFBIG), on.state()));
        }
        if (on.isSpaceScarce()) {
            permits.add(on.noSpace());
            permits.add(notable(new Outcome.Failed(Errno.ENOSPC), grown));
        }
        return new Expectation(permits);
    }

    private static boolean insertsBehindSizeLimit(Fallocate fallocate, Situation on) {
        return fallocate.mode() == Mode.INSERT_RANGE && on.exceedsSizeLimit(sizeAfter(fallocate, on));
    }

    private static long sizeAfter(Fallocate fallocate, Situation on) {
        return switch (fallocate.mode()) {
            case ALLOCATE, ZERO_RANGE, UNSHARE_RANGE -> Math.max(on.size(), fallocate.end());
            case INSERT_RANGE -> on.size() + fallocate.length();
            case COLLAPSE_RANGE -> on.size() - fallocate.length();
            case ALLOCATE_KEEP_SIZE, PUNCH_HOLE, ZERO_RANGE_KEEP_SIZE -> on.size();
        };
    }

    private static Expectation refusedOrZeroed(Fallocate fallocate, Situation on) {
        Refusals refusals = Refusals.of(Errno.EOPNOTSUPP, Errno.EINVAL);
        return fallocate.mode() == Mode.PUNCH_HOLE
                        || fallocate.mode() == Mode.ZERO_RANGE
                        || fallocate.mode() == Mode.ZERO_RANGE_KEEP_SIZE
                ? refusals.besides(allowed(DONE, onDevice(fallocate, on.state())), on)
                : new Expectation(refusals.of(on));
    }

    private static FileState onDevice(Fallocate fallocate, FileState state) {
        return switch (fallocate.mode()) {
            case PUNCH_HOLE, ZERO_RANGE, ZERO_RANGE_KEEP_SIZE ->
                state.zeroed(fallocate.offset(), fallocate.length(), 1);
            case ALLOCATE, ALLOCATE_KEEP_SIZE, COLLAPSE_RANGE, INSERT_RANGE, UNSHARE_RANGE -> state;
        };
    }

    private static FileState onFile(Fallocate fallocate, Situation on) {
        FileState state = on.state();
        long offset = fallocate.offset();
        int length = fallocate.length();
        int unit = on.target().blockSize();
        return switch (fallocate.mode()) {
            case ALLOCATE -> state.allocated(offset, length, unit).grownTo(fallocate.end());
            case ALLOCATE_KEEP_SIZE -> state.allocated(offset, length, unit);
            case PUNCH_HOLE -> state.punched(offset, length, unit);
            case ZERO_RANGE ->
                state.allocated(offset, length, unit)
                        .zeroed(offset, length, unit)
                        .grownTo(fallocate.end());
            case ZERO_RANGE_KEEP_SIZE -> state.allocated(offset, length, unit).zeroed(offset, length, unit);
            case COLLAPSE_RANGE -> state.collapsed(offset, length);
            case INSERT_RANGE -> state.inserted(offset, length);
            case UNSHARE_RANGE -> state.grownTo(fallocate.end());
        };
    }

    private static Expectation doneOrLacking(Fallocate fallocate, Situation on) {
        if (on.target().kind() == XFS && insertsBehindSizeLimit(fallocate, on)) {
            return on.refusal(Errno.EFBIG);
        }
        List<Permit> permits = new ArrayList<>(List.of(allowed(DONE, onFile(fallocate, on)), on.noSpace()));
        if (insertsBehindSizeLimit(fallocate, on)) {
            permits.add(allowed(new Outcome.Failed(Errno.EFBIG), on.state()));
        }
        halfDone(fallocate, on).forEach(state -> permits.add(notable(new Outcome.Failed(Errno.ENOSPC), state)));
        return new Expectation(permits);
    }

    /** Return what a file may be like if blocks ran out halfway. */
    private static Set<FileState> halfDone(Fallocate fallocate, Situation on) {
        FileState state = on.state();
        long offset = fallocate.offset();
        int length = fallocate.length();
        int unit = on.target().blockSize();
        Set<FileState> states = new LinkedHashSet<>();
        switch (fallocate.mode()) {
            case ALLOCATE -> stops(fallocate, unit).forEach(stop -> states.add(state.grownTo(stop)));
            case ZERO_RANGE ->
                stops(fallocate, unit).forEach(stop -> {
                    FileState zeroed = state.punched(offset, stop - offset, unit);
                    states.addAll(List.of(state.grownTo(stop), zeroed, zeroed.grownTo(stop)));
                });
            case ZERO_RANGE_KEEP_SIZE ->
                stops(fallocate, unit).forEach(stop -> states.add(state.punched(offset, stop - offset, unit)));
            case PUNCH_HOLE -> states.add(state.punchedInside(offset, length, unit));
            case COLLAPSE_RANGE -> states.add(state.punched(offset, length, unit));
            case INSERT_RANGE -> states.add(state.grownTo(state.size() + length));
            case ALLOCATE_KEEP_SIZE, UNSHARE_RANGE -> {}
        }
        states.remove(state);
        return states;
    }

    /** Return the ends of blocks of a size inside the range, and its end. */
    private static LongStream stops(Fallocate fallocate, int unit) {
        long end = fallocate.end();
        return LongStream.iterate(
                        (fallocate.offset() / unit + 1) * unit, stop -> stop < end + unit, stop -> stop + unit)
                .map(stop -> Math.min(stop, end));
    }
}
