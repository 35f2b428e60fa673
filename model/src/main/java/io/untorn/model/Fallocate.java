package io.untorn.model;

import static io.untorn.model.Expectation.allowed;
import static io.untorn.model.Expectation.anyOf;
import static io.untorn.model.Expectation.notable;
import static io.untorn.model.Expectation.required;
import static io.untorn.model.Outcome.DONE;
import static io.untorn.model.Scope.DEVICES;
import static io.untorn.model.Scope.FILES;
import static io.untorn.model.TargetKind.EXT4;
import static io.untorn.model.TargetKind.XFS;

import io.untorn.model.Expectation.Permit;
import io.untorn.model.Rule.Answer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Change what lies under a range with fallocate(2).
 *
 * @param offset bytes, a multiple of {@link Stamp#WORD}
 * @param length bytes, a multiple of {@link Stamp#WORD}
 */
public record Fallocate(Mode mode, long offset, int length) implements Operation {
    /** The modes of fallocate(2), with the flags of {@code include/uapi/linux/falloc.h}. */
    public enum Mode {
        ALLOCATE(0),
        ALLOCATE_KEEP_SIZE(0x01),
        PUNCH_HOLE(0x02 | 0x01),
        ZERO_RANGE(0x10),
        ZERO_RANGE_KEEP_SIZE(0x10 | 0x01),
        COLLAPSE_RANGE(0x08),
        INSERT_RANGE(0x20),
        UNSHARE_RANGE(0x40);

        private final int flags;

        Mode(int flags) {
            this.flags = flags;
        }

        /** Return the FALLOC_FL_* flags. */
        public int flags() {
            return flags;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    static List<Rule> rules() {
        return List.of(
                Rule.answering(
                                "device-fallocate-zeros-or-nothing",
                                "A block device may refuse fallocate; where it makes zeros, they are where they were asked "
                                        + "for, and nothing else changes.",
                                DEVICES,
                                Answer.always(
                                        Fallocate.class,
                                        (fallocate, on) ->
                                                anyOf(on.anyRefusal(), allowed(DONE, fallocate.onDevice(on.state())))),
                                "kernel block/fops.c, blkdev_fallocate (6.1 to 7.3)")
                        .silent(),
                Rule.answering(
                        "fallocate-needs-length",
                        "fallocate of no bytes fails with EINVAL.",
                        FILES,
                        new Answer<>(
                                Fallocate.class,
                                (fallocate, on) -> fallocate.length() == 0,
                                (fallocate, on) -> on.refusal(Errno.EINVAL)),
                        "fallocate(2), ERRORS, EINVAL"),
                Rule.answering(
                        "append-only-file-is-allocated-only",
                        "Of an append-only file blocks can be allocated; all else that fallocate does fails with EPERM.",
                        FILES,
                        new Answer<>(
                                Fallocate.class,
                                (fallocate, on) -> on.is(Attribute.APPEND_ONLY) && !fallocate.allocates(),
                                (fallocate, on) -> on.refusal(Errno.EPERM)),
                        "fallocate(2), ERRORS, EPERM",
                        "kernel fs/open.c, vfs_fallocate (6.1 to 7.3)"),
                Rule.answering(
                        "immutable-file-keeps-blocks",
                        "fallocate of an immutable file fails with EPERM, also through a descriptor that was opened before.",
                        FILES,
                        new Answer<>(
                                Fallocate.class,
                                (fallocate, on) -> on.is(Attribute.IMMUTABLE),
                                (fallocate, on) -> on.refusal(Errno.EPERM)),
                        "fallocate(2), ERRORS, EPERM",
                        "kernel fs/open.c, vfs_fallocate (6.1 to 7.3)"),
                Rule.answering(
                        "unshare-needs-shared-blocks",
                        "A file system that can't share blocks refuses to unshare them.",
                        FILES.on(EXT4),
                        new Answer<>(
                                Fallocate.class,
                                (fallocate, on) -> fallocate.mode() == Mode.UNSHARE_RANGE,
                                (fallocate, on) -> on.refusal(Errno.EOPNOTSUPP)),
                        "fallocate(2), Unsharing file space"),
                Rule.answering(
                        "moved-range-must-fit",
                        "Collapsing and inserting take whole allocation units that lie before the end of the file; else "
                                + "EINVAL.",
                        FILES,
                        new Answer<>(
                                Fallocate.class,
                                (fallocate, on) -> fallocate.moves() && !fallocate.fits(on),
                                (fallocate, on) -> on.refusal(Errno.EINVAL)),
                        "fallocate(2), ERRORS, EINVAL"),
                Rule.answering(
                        "fallocate-within-size-limit",
                        "fallocate that would make a file longer than RLIMIT_FSIZE fails with EFBIG.",
                        FILES,
                        new Answer<>(
                                Fallocate.class,
                                (fallocate, on) -> fallocate.mode() != Mode.INSERT_RANGE
                                        && fallocate.sizeAfter(on) > on.size()
                                        && on.exceedsSizeLimit(fallocate.sizeAfter(on)),
                                (fallocate, on) -> on.refusal(Errno.EFBIG)),
                        "setrlimit(2), RLIMIT_FSIZE",
                        "kernel fs/attr.c, inode_newsize_ok (6.1 to 7.3)"),
                Rule.answering(
                                "fallocate-may-lack-space",
                                "Where space is scarce fallocate may fail with ENOSPC. Nobody says what is done by then: data "
                                        + "is where it was, or where it was to go, or zeros if these were asked for; the file "
                                        + "may have grown.",
                                FILES,
                                new Answer<>(
                                        Fallocate.class,
                                        (fallocate, on) -> on.isSpaceScarce(),
                                        Fallocate::doneOrLacking),
                                "fallocate(2), ERRORS, ENOSPC",
                                "kernel fs/ext4/extents.c, ext4_alloc_file_blocks, ext4_insert_range; fs/xfs/xfs_bmap_util.c, "
                                        + "xfs_free_file_space; fs/xfs/xfs_file.c, xfs_falloc_insert_range (6.18)")
                        .silent(),
                Rule.answering(
                                "insert-behind-size-limit",
                                "Nobody says whether inserting a range may make a file longer than RLIMIT_FSIZE.",
                                FILES,
                                new Answer<>(
                                        Fallocate.class,
                                        (fallocate, on) -> fallocate.mode() == Mode.INSERT_RANGE
                                                && on.exceedsSizeLimit(fallocate.sizeAfter(on)),
                                        (fallocate, on) -> anyOf(
                                                allowed(new Outcome.Failed(Errno.EFBIG), on.state()),
                                                allowed(DONE, fallocate.onFile(on)))),
                                "kernel fs/ext4/extents.c, ext4_insert_range: does not look at it (7.3)")
                        .silent(),
                Rule.answering(
                        "allocate-keeps-data",
                        "Allocating changes no data; where the range ends beyond the file, the file grows, unless its size "
                                + "is to be kept.",
                        FILES,
                        doing(Mode.ALLOCATE, Mode.ALLOCATE_KEEP_SIZE),
                        "fallocate(2), Allocating disk space"),
                Rule.answering(
                        "punch-makes-zeros",
                        "A punched range reads as zeros; the size stays.",
                        FILES,
                        doing(Mode.PUNCH_HOLE, Mode.PUNCH_HOLE),
                        "fallocate(2), Deallocating file space"),
                Rule.answering(
                        "zero-range-makes-zeros",
                        "A zeroed range reads as zeros; where it ends beyond the file, the file grows, unless its size is "
                                + "to be kept.",
                        FILES,
                        doing(Mode.ZERO_RANGE, Mode.ZERO_RANGE_KEEP_SIZE),
                        "fallocate(2), Zeroing file space"),
                Rule.answering(
                        "collapse-moves-data-up",
                        "Collapsing a range takes it out; what lay behind it moves there.",
                        FILES,
                        doing(Mode.COLLAPSE_RANGE, Mode.COLLAPSE_RANGE),
                        "fallocate(2), Collapsing file space"),
                Rule.answering(
                        "insert-moves-data-down",
                        "Inserting a range makes a hole; what lay there moves behind it.",
                        FILES,
                        doing(Mode.INSERT_RANGE, Mode.INSERT_RANGE),
                        "fallocate(2), Increasing file space"),
                Rule.answering(
                        "unshare-keeps-data",
                        "Unsharing changes no data; where the range ends beyond the file, the file grows.",
                        FILES.on(XFS),
                        doing(Mode.UNSHARE_RANGE, Mode.UNSHARE_RANGE),
                        "fallocate(2), Unsharing file space"));
    }

    public Fallocate {
        Place.require(offset, length);
        Place.requireWords(offset, length);
    }

    /** Return the offset after the last byte. */
    public long end() {
        return offset + length;
    }

    private boolean allocates() {
        return mode == Mode.ALLOCATE || mode == Mode.ALLOCATE_KEEP_SIZE;
    }

    private static Expectation doneOrLacking(Fallocate fallocate, Situation on) {
        List<Permit> permits = new ArrayList<>(List.of(allowed(DONE, fallocate.onFile(on)), on.noSpace()));
        if (fallocate.mode == Mode.INSERT_RANGE && on.exceedsSizeLimit(fallocate.sizeAfter(on))) {
            permits.add(allowed(new Outcome.Failed(Errno.EFBIG), on.state()));
        }
        fallocate.halfDone(on).forEach(state -> permits.add(notable(new Outcome.Failed(Errno.ENOSPC), state)));
        return new Expectation(permits);
    }

    /** Return what a file may be like when blocks ran out halfway. */
    private Set<FileState> halfDone(Situation on) {
        FileState state = on.state();
        int unit = on.target().blockSize();
        Set<FileState> states = new LinkedHashSet<>();
        switch (mode) {
            case ALLOCATE -> stops(unit).forEach(stop -> states.add(state.grownTo(stop)));
            case ZERO_RANGE ->
                stops(unit).forEach(stop -> {
                    FileState zeroed = state.punched(offset, stop - offset, unit);
                    states.addAll(List.of(state.grownTo(stop), zeroed, zeroed.grownTo(stop)));
                });
            case ZERO_RANGE_KEEP_SIZE ->
                stops(unit).forEach(stop -> states.add(state.punched(offset, stop - offset, unit)));
            case PUNCH_HOLE -> states.add(state.punchedInside(offset, length, unit));
            case COLLAPSE_RANGE -> states.add(state.punched(offset, length, unit));
            case INSERT_RANGE -> states.add(state.grownTo(state.size() + length));
            case ALLOCATE_KEEP_SIZE, UNSHARE_RANGE -> {}
        }
        states.remove(state);
        return states;
    }

    /** Return where blocks of a size end inside the range, and its end. */
    private LongStream stops(int unit) {
        return LongStream.iterate((offset / unit + 1) * unit, stop -> stop < end() + unit, stop -> stop + unit)
                .map(stop -> Math.min(stop, end()));
    }

    private boolean moves() {
        return mode == Mode.COLLAPSE_RANGE || mode == Mode.INSERT_RANGE;
    }

    private boolean fits(Situation on) {
        return (offset | length) % on.target().allocationUnit() == 0
                && (mode == Mode.INSERT_RANGE ? offset : end()) < on.size();
    }

    private long sizeAfter(Situation on) {
        return switch (mode) {
            case ALLOCATE, ZERO_RANGE, UNSHARE_RANGE -> Math.max(on.size(), end());
            case INSERT_RANGE -> on.size() + length;
            case COLLAPSE_RANGE -> on.size() - length;
            case ALLOCATE_KEEP_SIZE, PUNCH_HOLE, ZERO_RANGE_KEEP_SIZE -> on.size();
        };
    }

    private static Answer<Fallocate> doing(Mode mode, Mode orMode) {
        return new Answer<>(
                Fallocate.class,
                (fallocate, on) -> fallocate.mode() == mode || fallocate.mode() == orMode,
                (fallocate, on) -> required(DONE, fallocate.onFile(on)));
    }

    private FileState onFile(Situation on) {
        FileState state = on.state();
        int unit = on.target().blockSize();
        return switch (mode) {
            case ALLOCATE -> state.allocated(offset, length, unit).grownTo(end());
            case ALLOCATE_KEEP_SIZE -> state.allocated(offset, length, unit);
            case PUNCH_HOLE -> state.punched(offset, length, unit);
            case ZERO_RANGE ->
                state.allocated(offset, length, unit)
                        .zeroed(offset, length, unit)
                        .grownTo(end());
            case ZERO_RANGE_KEEP_SIZE -> state.allocated(offset, length, unit).zeroed(offset, length, unit);
            case COLLAPSE_RANGE -> state.collapsed(offset, length);
            case INSERT_RANGE -> state.inserted(offset, length);
            case UNSHARE_RANGE -> state.grownTo(end());
        };
    }

    private FileState onDevice(FileState state) {
        return switch (mode) {
            case PUNCH_HOLE, ZERO_RANGE, ZERO_RANGE_KEEP_SIZE -> state.zeroed(offset, length, 1);
            default -> state;
        };
    }

    @Override
    public void touch(Footprint footprint) {
        footprint.range(offset, length);
        if (mode == Mode.COLLAPSE_RANGE) {
            footprint.moved(-length);
        } else if (mode == Mode.INSERT_RANGE) {
            footprint.moved(length);
        }
    }

    @Override
    public boolean mayChange() {
        return true;
    }

    @Override
    public String toString() {
        return mode + Place.words(length, offset);
    }
}
