package io.untorn.model.rules;

import static io.untorn.model.rule.Expectation.allowed;
import static io.untorn.model.rule.Expectation.required;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.DEVICES;
import static io.untorn.model.rule.Scope.EVERYWHERE;
import static io.untorn.model.rule.Scope.FILES;
import static io.untorn.model.rules.WriteAnswers.write;
import static io.untorn.model.target.TargetKind.EXT4;
import static io.untorn.model.target.TargetKind.XFS;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Outcome.Returned;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Expectation;
import io.untorn.model.rule.Expectation.Permit;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Situation;
import io.untorn.model.target.Facility;
import java.util.ArrayList;
import java.util.List;

/** What writes that are not atomic may return and store. */
final class PlainWriteRules {
    private static final Rule EXT4_PLAIN_WRITE_OF_NO_BYTES = answering(
            "ext4-plain-write-of-no-bytes",
            "A plain write of no bytes through io_uring or libaio to a file on ext4 returns 0; with RWF_NOWAIT it may "
                    + "fail with EAGAIN or EOPNOTSUPP, to an immutable file with EPERM.",
            FILES.on(EXT4).needing(Facility.LIBAIO),
            write((write, on) -> write.length() == 0, PlainWriteRules::nothingOrRefused),
            "write(2), RETURN VALUE",
            "kernel fs/read_write.c, generic_write_checks; fs/ext4/file.c, ext4_buffered_write_iter: EOPNOTSUPP for "
                    + "RWF_NOWAIT; ext4_generic_write_checks: EPERM (6.1 to 7.3)",
            "kernel io_uring/rw.c, io_write: EAGAIN instead of EOPNOTSUPP (6.1 to 7.3)");

    private static final Rule IMMUTABLE_FILE_REFUSES_PLAIN_WRITE = answering(
            "immutable-file-refuses-plain-write",
            "A plain write to an immutable file fails with EPERM, also through a descriptor that was opened before; "
                    + "with RWF_NOWAIT EAGAIN or EOPNOTSUPP may come first.",
            FILES.on(EXT4),
            write(
                    (write, on) -> on.is(Attribute.IMMUTABLE),
                    (write, on) -> write.flags().has(RwFlag.NOWAIT)
                            ? new Expectation(Refusals.of(Errno.EPERM, Errno.EAGAIN, Errno.EOPNOTSUPP)
                                    .of(on))
                            : on.refusal(Errno.EPERM)),
            "ioctl_iflags(2), FS_IMMUTABLE_FL: no changes are permitted",
            "kernel fs/ext4/file.c, ext4_generic_write_checks; before it, with RWF_NOWAIT, ext4_dio_write_iter: EAGAIN, "
                    + "ext4_buffered_write_iter: EOPNOTSUPP (6.1 to 7.3)");

    private static final Rule IMMUTABLE_FILE_OPEN_BEFORE_TAKES_PLAIN_WRITE = answering(
                    "immutable-file-open-before-takes-plain-write",
                    "No document says what a plain write to an immutable file does through a descriptor that was "
                            + "opened before: it fails with EPERM, or does what it does to another file.",
                    FILES.on(XFS),
                    write((write, on) -> on.is(Attribute.IMMUTABLE), PlainWriteRules::forbiddenOrDone),
                    "ioctl_iflags(2), FS_IMMUTABLE_FL: no changes are permitted",
                    "kernel fs/xfs/xfs_file.c, xfs_file_write_checks: does not look (6.1 to 7.3)")
            .silent();

    private static final Rule PLAIN_NOWAIT_MAY_STOP_EARLY = answering(
                    "plain-nowait-may-stop-early",
                    "A plain write with RWF_NOWAIT may be short, or fail with EAGAIN, or on ext4 EOPNOTSUPP, or as it "
                            + "would without the flag; with direct I/O some of its blocks may be in place even if it "
                            + "fails.",
                    EVERYWHERE,
                    write((write, on) -> write.flags().has(RwFlag.NOWAIT), WriteExpectations::storedOrRefusedPartWay),
                    "preadv2(2), RWF_NOWAIT",
                    "kernel fs/iomap/direct-io.c, iomap_dio_rw: maps one extent at a time (6.1 to 7.3)",
                    "kernel fs/ext4/file.c, ext4_buffered_write_iter: EOPNOTSUPP; fs/xfs/xfs_inode.c, xfs_ilock_iocb: "
                            + "EAGAIN (6.1 to 7.3)")
            .silent();

    private static final Rule PLAIN_WRITE_BEHIND_SIZE_LIMIT = answering(
            "plain-write-behind-size-limit",
            "A write that begins at or beyond RLIMIT_FSIZE, or the largest size of a file, fails with EFBIG; on XFS a direct one that names a "
                    + "misaligned place or length fails with EINVAL first.",
            FILES,
            write(
                    (write, on) -> on.exceedsSizeLimit(on.place(write) + 1),
                    (write, on) -> on.refusal(isMisalignedForXfs(write, on) ? Errno.EINVAL : Errno.EFBIG)),
            "setrlimit(2), RLIMIT_FSIZE",
            "write(2), ERRORS, EFBIG",
            "kernel fs/xfs/xfs_file.c, xfs_file_dio_write: looks at ki_pos and the length before "
                    + "generic_write_checks; fs/ext4/file.c, ext4_dio_write_checks: after (6.1 to 7.3)");

    private static final Rule DIRECT_APPEND_TO_ODD_END = answering(
            "direct-append-to-odd-end",
            "A plain direct append that names whole blocks goes to EOF, even inside a block, and leaves the data "
                    + "before it; if space is scarce, it stores as much as it returns, or fails with ENOSPC.",
            FILES,
            write(
                    PlainWriteRules::appendsBlocksInsideBlock,
                    (write, on) -> on.mayLackSpace(write) ? storedOrLacking(write, on) : cut(write, on)),
            "open(2), O_APPEND",
            "preadv2(2), RWF_APPEND");

    private static final Rule PLAIN_WRITE_MAY_LACK_SPACE = answering(
            "plain-write-may-lack-space",
            "If space is scarce, a plain write that does not all go to written blocks stores as much as it returns, or "
                    + "fails with ENOSPC; the part of a direct one that goes to written blocks may then be in place. "
                    + "The size stays.",
            FILES,
            write((write, on) -> on.mayLackSpace(write), PlainWriteRules::storedOrLacking),
            "write(2), ERRORS, ENOSPC",
            "write(2), RETURN VALUE",
            "kernel fs/iomap/direct-io.c, iomap_dio_complete; fs/ext4/file.c, ext4_dio_write_end_io; "
                    + "fs/xfs/xfs_file.c, xfs_dio_write_end_io: convert no blocks after an error (6.1 to 7.3)");

    private static final Rule MISALIGNED_DIRECT_WRITE_MAY_BE_REFUSED = answering(
            "misaligned-direct-write-may-be-refused",
            "A plain direct write that is no multiple of the logical block, whole or in a segment, or whose memory is "
                    + "not aligned, may fail with EINVAL; which of its whole blocks are then in place is unspecified. "
                    + "On XFS the offset that an append names counts as well. One whose place, or on XFS length, is no "
                    + "multiple fails and changes nothing, unless ext4 sends it to the page cache: if its data is "
                    + "journalled, or pages could not be dropped, and from 6.15 to 6.17.",
            EVERYWHERE,
            write(WriteConditions::isMisalignedDirect, WriteExpectations::misaligned),
            "open(2), NOTES, O_DIRECT",
            "statx(2), stx_dio_offset_align, stx_dio_mem_align",
            "kernel fs/iomap/direct-io.c, iomap_dio_bio_iter: looks at one extent at a time (6.1 to 7.3)",
            "kernel fs/xfs/xfs_file.c, xfs_file_dio_write: looks at ki_pos before generic_write_checks moves it (6.1 to 7.3)",
            "kernel fs/ext4/inode.c, ext4_dio_alignment: 0, so the page cache, for journalled data alone; fs/ext4/file.c, "
                    + "ext4_dio_write_iter: the page cache for ENOTBLK of __iomap_dio_rw (6.12 to 7.3)",
            "kernel fs/iomap/iter.c, iomap_iter: ENOTBLK of ext4_iomap_end instead of EINVAL, from bc264fea0f6f to 'iomap: "
                    + "prioritize iter.status error over ->iomap_end()', Message-ID "
                    + "20251002172038.477207-2-bfoster@redhat.com (6.15 to 6.17)");

    private static final Rule DEVICE_PLAIN_WRITE_CUT_AT_END = answering(
            "device-plain-write-cut-at-end",
            "A plain write that crosses the end of a block device stores what lies before the end.",
            DEVICES,
            write((write, on) -> on.place(write) + write.length() > on.size(), PlainWriteRules::cut),
            "write(2), RETURN VALUE",
            "kernel block/fops.c, blkdev_write_iter (6.1 to 7.3)");

    private static final Rule PLAIN_WRITE_CUT_AT_SIZE_LIMIT = answering(
            "plain-write-cut-at-size-limit",
            "A plain write that crosses RLIMIT_FSIZE, or the largest size of a file, stores what lies before the limit.",
            FILES,
            write(WriteConditions::crossesSizeLimit, PlainWriteRules::cut),
            "write(2), RETURN VALUE",
            "kernel fs/read_write.c, generic_write_check_limits (6.1 to 7.3)");

    private static final Rule PLAIN_APPEND_GOES_TO_END = answering(
            "plain-append-goes-to-end",
            "With O_APPEND or RWF_APPEND a plain write to a file goes to its end.",
            FILES,
            write((write, on) -> on.appends(write), PlainWriteRules::cut),
            "open(2), O_APPEND");

    private static final Rule PLAIN_WRITE_RETURNS_ITS_LENGTH = answering(
            "plain-write-returns-its-length",
            "A plain write returns its length; past EOF it makes the file longer. Through io_uring a direct write at "
                    + "the position, atomic or not, may leave the position where it was.",
            EVERYWHERE,
            write(
                    (write, on) -> !write.atomic(),
                    (write, on) -> required(new Returned(write.length()), on.stateAsNamed(write))),
            "write(2), RETURN VALUE",
            "kernel io_uring/rw.c, kiocb_done: moves the position where the write is not queued (6.1 to 7.1)");

    /** The rules in order; the checks of {@link SyscallEntryRules} and of the end of a device come before. */
    static final List<Rule> ORDER = List.of(
            EXT4_PLAIN_WRITE_OF_NO_BYTES,
            IMMUTABLE_FILE_REFUSES_PLAIN_WRITE,
            IMMUTABLE_FILE_OPEN_BEFORE_TAKES_PLAIN_WRITE,
            PLAIN_NOWAIT_MAY_STOP_EARLY,
            PLAIN_WRITE_BEHIND_SIZE_LIMIT,
            DIRECT_APPEND_TO_ODD_END,
            PLAIN_WRITE_MAY_LACK_SPACE,
            MISALIGNED_DIRECT_WRITE_MAY_BE_REFUSED,
            DEVICE_PLAIN_WRITE_CUT_AT_END,
            PLAIN_WRITE_CUT_AT_SIZE_LIMIT,
            PLAIN_APPEND_GOES_TO_END,
            PLAIN_WRITE_RETURNS_ITS_LENGTH);

    private PlainWriteRules() {}

    private static boolean appendsBlocksInsideBlock(Write write, Situation on) {
        long block = on.target().blockSize();
        return write.access() == Access.DIRECT
                && write.length() > 0
                && write.length() % block == 0
                && on.appends(write)
                && on.requestedPlace(write) % block == 0
                && on.size() % block != 0
                && !WriteConditions.isMisalignedDirect(write, on)
                && !WriteConditions.crossesSizeLimit(write, on);
    }

    private static Expectation cut(Write write, Situation on) {
        return required(new Returned(on.lengthStored(write)), on.stateAfter(write));
    }

    private static Expectation nothingOrRefused(Write write, Situation on) {
        boolean nowait = write.flags().has(RwFlag.NOWAIT);
        boolean immutable = on.is(Attribute.IMMUTABLE);
        return nowait || immutable
                ? Refusals.of()
                        .or(Errno.EPERM, immutable)
                        .or(Errno.EAGAIN, nowait)
                        .or(Errno.EOPNOTSUPP, nowait)
                        .besides(allowed(Outcome.DONE, on.state()), on)
                : required(Outcome.DONE, on.state());
    }

    private static boolean isMisalignedForXfs(Write write, Situation on) {
        return on.target().kind() == XFS
                && write.access() == Access.DIRECT
                && WriteConditions.mustBeRefusedAsMisaligned(write, on);
    }

    /** Allow a plain write to be forbidden, and what it may do to a file that is not immutable. */
    private static Expectation forbiddenOrDone(Write write, Situation on) {
        List<Permit> permits = new ArrayList<>(Refusals.of(Errno.EPERM).of(on));
        if (write.flags().has(RwFlag.NOWAIT)) {
            permits.addAll(WriteExpectations.storedOrRefusedPartWay(write, on).permits());
        } else if (on.exceedsSizeLimit(on.place(write) + 1)) {
            permits.addAll(Refusals.of(isMisalignedForXfs(write, on) ? Errno.EINVAL : Errno.EFBIG)
                    .of(on));
        } else if (on.mayLackSpace(write)) {
            permits.addAll(storedOrLacking(write, on).permits());
        } else if (WriteConditions.isMisalignedDirect(write, on)) {
            permits.addAll(WriteExpectations.misaligned(write, on).permits());
        } else {
            permits.addAll(cut(write, on).permits());
        }
        return new Expectation(permits);
    }

    private static Expectation storedOrLacking(Write write, Situation on) {
        if (isMisalignedForXfs(write, on)) {
            return on.refusal(Errno.EINVAL);
        }
        List<Permit> permits = new ArrayList<>(WriteExpectations.lacking(write, on));
        permits.add(WriteExpectations.anyPrefix(write, on));
        if (WriteConditions.isMisalignedDirect(write, on)) {
            permits.addAll(WriteExpectations.refusedOrStored(write, on).permits());
        }
        return new Expectation(permits);
    }
}
