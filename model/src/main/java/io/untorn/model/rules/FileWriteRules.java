package io.untorn.model.rules;

import static io.untorn.model.history.Outcome.DONE;
import static io.untorn.model.rule.Expectation.allowed;
import static io.untorn.model.rule.Expectation.required;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Rule.unreachable;
import static io.untorn.model.rule.Scope.FILES;
import static io.untorn.model.rule.Scope.Support.MORE_THAN_ONE_LENGTH;
import static io.untorn.model.rule.Scope.Support.PRESENT;
import static io.untorn.model.rules.WriteAnswers.refusing;
import static io.untorn.model.rules.WriteAnswers.refusingLate;
import static io.untorn.model.rules.WriteAnswers.write;
import static io.untorn.model.target.TargetKind.EXT4;
import static io.untorn.model.target.TargetKind.XFS;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome.Returned;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Expectation;
import io.untorn.model.rule.Expectation.Permit;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Scope;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.Blocks.Kind;
import io.untorn.model.target.Facility;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What ext4 and XFS make of a write, after {@link SyscallEntryRules}: of plain ones only what they refuse. */
final class FileWriteRules {
    private static final Scope ATOMIC_FILES = FILES.since(6, 13).where(PRESENT);
    private static final String MAN = "pwritev2(2), RWF_ATOMIC";
    private static final String XFS_WRITE = "kernel fs/xfs/xfs_file.c, xfs_file_write_iter (6.1 to 7.1)";
    private static final String FILE_WRITE =
            "kernel fs/ext4/file.c, ext4_file_write_iter; fs/xfs/xfs_file.c, xfs_file_write_iter (6.13 to 7.3)";

    private static final Rule XFS_WRITE_OF_NO_BYTES = answering(
            "xfs-write-of-no-bytes",
            "A write of no bytes through io_uring or libaio to a file on XFS returns 0, whatever its place.",
            FILES.on(XFS).needing(Facility.LIBAIO),
            write((write, on) -> write.length() == 0, (write, on) -> required(DONE, on.state())),
            XFS_WRITE);

    private static final Rule NO_FILE_TAKES_ATOMIC = answering(
            "no-file-takes-atomic-before-6.13",
            "Before 6.13 an atomic write to a regular file fails with EOPNOTSUPP, whatever limits statx reports for it.",
            FILES.since(6, 11).before(6, 13).where(PRESENT),
            refusing(Errno.EOPNOTSUPP, (write, on) -> write.atomic()),
            "kernel block/fops.c, blkdev_open: nothing else sets FMODE_CAN_ATOMIC_WRITE (6.12)");

    private static final Rule FILE_SYSTEM_MUST_BE_UP = unreachable(
            "file-system-must-be-up",
            "A write to a file system that was shut down fails with EIO, or EROFS after an emergency.",
            FILES,
            FILE_WRITE);

    private static final Rule DAX_FILES_WRITE_OTHERWISE = unreachable(
            "dax-files-write-otherwise",
            "A DAX file on XFS takes no atomic writes; on ext4 the DAX path ignores the flag.",
            ATOMIC_FILES,
            FILE_WRITE);

    private static final Rule LENGTH_WITHIN_FILE_LIMITS = answering(
            "length-within-file-limits",
            "The length of an atomic write to a file is at least unit_min and at most unit_max; no bytes through "
                    + "io_uring or libaio are too few.",
            ATOMIC_FILES,
            refusing(Errno.EINVAL, WriteConditions::isOutsideLimits),
            MAN,
            "statx(2), stx_atomic_write_unit_min",
            FILE_WRITE);

    private static final Rule FILE_MAY_NOT_TAKE_DIRECT_IO = unreachable(
            "file-may-not-take-direct-io",
            "A file that can't use direct I/O (inline data, verity, encryption) keeps the promise, or refuses.",
            ATOMIC_FILES.on(EXT4),
            "kernel fs/ext4/file.c, ext4_should_use_dio (6.13 to 7.3)");

    private static final Rule JOURNALLED_FILE_WRITES_WHOLE_OR_REFUSES = answering(
                    "journalled-file-writes-whole-or-refuses",
                    "No document says what an atomic write does to a file whose data is journalled: it stores all of "
                            + "it, or is refused as not supported, for its memory, for want of space, or as an append that "
                            + "atomic-append-to-odd-end is about.",
                    FILES.on(EXT4),
                    write(FileWriteRules::goesToJournalledFile, FileWriteRules::maybeThroughPageCache),
                    RfcExt4Rules.MAIL + ", quoted points for discussion: 4",
                    MAN + ": all or none",
                    "kernel fs/ext4/ext4_jbd2.c, ext4_inode_journal_mode: with delayed allocation no data is journalled (6.1 "
                            + "to 7.3)",
                    "kernel fs/ext4/file.c, ext4_should_use_dio: else to the page cache; ext4_buffered_write_iter: "
                            + "EOPNOTSUPP for RWF_NOWAIT (6.13 to 7.3)")
            .silent();

    private static final Rule IMMUTABLE_FILE_REFUSES_ATOMIC_WRITE = answering(
            "immutable-file-refuses-atomic-write",
            "An atomic write to an immutable file fails with EPERM, also through a descriptor that was opened before.",
            ATOMIC_FILES.on(EXT4),
            refusingLate(Errno.EPERM, (write, on) -> write.atomic() && on.is(Attribute.IMMUTABLE)),
            "ioctl_iflags(2), FS_IMMUTABLE_FL: no changes are permitted",
            "kernel fs/ext4/file.c, ext4_generic_write_checks (6.1 to 7.3)");

    private static final Rule IMMUTABLE_FILE_OPEN_BEFORE_TAKES_ATOMIC_WRITE = answering(
                    "immutable-file-open-before-takes-atomic-write",
                    "No document says what an atomic write to an immutable file does through a descriptor that was "
                            + "opened before: it fails with EPERM, or does what it does to another file.",
                    ATOMIC_FILES.on(XFS),
                    write(
                            (write, on) -> write.atomic()
                                    && on.is(Attribute.IMMUTABLE)
                                    && WriteConditions.hasAlignedMemory(write, on)
                                    && !WriteConditions.appendsToOddEnd(write, on)
                                    && !WriteConditions.crossesSizeLimit(write, on),
                            FileWriteRules::forbiddenOrDone),
                    "ioctl_iflags(2), FS_IMMUTABLE_FL: no changes are permitted",
                    "kernel fs/xfs/xfs_file.c, xfs_file_write_checks: does not look (6.13 to 7.3)")
            .silent();

    private static final Rule FILE_MUST_NOT_BE_SWAP = unreachable(
            "file-must-not-be-swap",
            "A swap file refuses with ETXTBSY.",
            FILES,
            "kernel fs/read_write.c, generic_write_checks (6.13 to 7.3)");

    private static final Rule ATOMIC_WRITE_BEHIND_SIZE_LIMIT = answering(
            "atomic-write-behind-size-limit",
            "An atomic write that begins at or beyond RLIMIT_FSIZE, or the largest size of a file, fails with EFBIG. What "
                    + "rules say about RLIMIT_FSIZE holds for the largest size as well.",
            ATOMIC_FILES,
            refusingLate(Errno.EFBIG, (write, on) -> write.atomic() && on.exceedsSizeLimit(on.place(write) + 1)),
            "setrlimit(2), RLIMIT_FSIZE",
            "kernel fs/read_write.c, generic_write_check_limits (6.13 to 7.3)");

    private static final Rule ATOMIC_WRITE_IS_NOT_CUT_AT_SIZE_LIMIT = answering(
                    "atomic-write-is-not-cut-at-size-limit",
                    "An atomic write that crosses RLIMIT_FSIZE fails; it is never cut. No document says with which "
                            + "errno: EFBIG as behind the limit, EINVAL as at the end of a device, or EREMOTEIO from a "
                            + "disk that does not take what is left.",
                    ATOMIC_FILES,
                    write(
                            (write, on) -> write.atomic() && WriteConditions.crossesSizeLimit(write, on),
                            (write, on) -> new Expectation(Refusals.of(Errno.EFBIG, Errno.EINVAL, Errno.EREMOTEIO)
                                    .or(Errno.EFAULT, write.buffer().missing() > 0)
                                    .or(Errno.EAGAIN, on.mayAskAgain(write))
                                    .or(Errno.ENOSPC, on.mayLackSpace(write))
                                    .of(write, on))),
                    "setrlimit(2), RLIMIT_FSIZE",
                    MAN + ": all or none",
                    "kernel fs/read_write.c, generic_write_checks_count; fs/iomap/direct-io.c, iomap_dio_bio_iter; "
                            + "drivers/scsi/scsi_lib.c, scsi_result_to_blk_status (6.13 to 7.3)")
            .silent();

    private static final Rule ATOMIC_APPEND_TO_ODD_END = answering(
                    "atomic-append-to-odd-end",
                    "If EOF is not a multiple of the write's length, the result of an atomic append is unspecified: it "
                            + "is refused, or all of it is at EOF.",
                    ATOMIC_FILES,
                    write(
                            (write, on) -> write.atomic() && WriteConditions.appendsToOddEnd(write, on),
                            FileWriteRules::refusedOrAtOddEnd),
                    MAN + ": all or none",
                    "kernel fs/iomap/direct-io.c, iomap_dio_bio_iter, and block/blk-core.c, "
                            + "blk_validate_atomic_write_op_size: EINVAL; drivers/scsi/scsi_lib.c, "
                            + "scsi_result_to_blk_status: EREMOTEIO (6.13 to 7.3)",
                    "kernel fs/ext4/inode.c, ext4_map_blocks_atomic_write_slow: EUCLEAN (6.16 to 7.3)")
            .silent();

    private static final Rule FILE_NOWAIT_MAY_ASK_AGAIN = answering(
            "file-nowait-may-ask-again",
            "An atomic write with RWF_NOWAIT may fail with EAGAIN, even if a rule from atomic-write-behind-size-limit "
                    + "on refuses it; else RWF_NOWAIT changes nothing.",
            ATOMIC_FILES,
            write((write, on) -> write.atomic() && write.flags().has(RwFlag.NOWAIT), WriteExpectations::doneOrAskAgain),
            "preadv2(2), RWF_NOWAIT",
            "kernel fs/ext4/file.c, ext4_dio_write_checks; fs/xfs/xfs_file.c, xfs_file_dio_write_atomic (6.13 to 7.3)");

    private static final Rule ATOMIC_APPEND_GOES_TO_END = answering(
            "atomic-append-goes-to-end",
            "With O_APPEND or RWF_APPEND an atomic write to a file goes to its end, whatever offset it names.",
            ATOMIC_FILES,
            write((write, on) -> write.atomic() && on.appends(write), WriteExpectations::doneOrAskAgain),
            "open(2), O_APPEND",
            "preadv2(2), RWF_APPEND",
            "kernel fs/read_write.c, generic_write_checks_count (6.13 to 7.3)");

    private static final Rule ATOMIC_WRITE_MAY_LACK_SPACE = answering(
                    "atomic-write-may-lack-space",
                    "If space is scarce, an atomic write returns its length, or fails with ENOSPC and changes nothing: "
                            + "on ext4 unless all of it goes to written blocks, on XFS even then, because they may "
                            + "have to be copied.",
                    ATOMIC_FILES,
                    write((write, on) -> write.atomic() && on.mayLackSpace(write), WriteExpectations::doneOrAskAgain),
                    "write(2), ERRORS, ENOSPC",
                    MAN + ": all or none",
                    "kernel fs/ext4/inode.c, ext4_iomap_alloc; fs/xfs/xfs_iomap.c, xfs_atomic_write_cow_iomap_begin "
                            + "(6.16 to 7.3)")
            .promised();

    private static final Rule ATOMIC_WRITE_OVER_HOLE =
            over("atomic-write-over-hole", "on a hole", ATOMIC_FILES, Set.of(Kind.HOLE));

    private static final Rule ATOMIC_WRITE_OVER_UNWRITTEN =
            over("atomic-write-over-unwritten", "on unwritten blocks", ATOMIC_FILES, Set.of(Kind.UNWRITTEN));

    private static final Rule ATOMIC_WRITE_OVER_SHARED = over(
            "atomic-write-over-shared",
            "on blocks shared with another range",
            ATOMIC_FILES.on(XFS),
            Set.of(Kind.SHARED));

    private static final Rule ATOMIC_WRITE_OVER_WRITTEN =
            over("atomic-write-over-written", "on written blocks", ATOMIC_FILES, Set.of(Kind.WRITTEN));

    private static final Rule ATOMIC_WRITE_OVER_DELAYED = over(
            "atomic-write-over-delayed",
            "on data that waits in the page cache for its blocks",
            ATOMIC_FILES,
            Set.of(Kind.DELAYED));

    private static final Rule ATOMIC_WRITE_OVER_MIXED = answering(
                    "atomic-write-over-mixed",
                    "A legal atomic write on a mixed range (holes, unwritten, written, shared) returns its length, or "
                            + "EAGAIN (notable) if pages of it may be cached and could not be dropped, however often it "
                            + "was repeated.",
                    ATOMIC_FILES.where(MORE_THAN_ONE_LENGTH),
                    write(
                            (write, on) ->
                                    write.atomic() && on.kindsUnder(write).size() > 1,
                            WriteExpectations::doneAsNamed),
                    MAN,
                    "kernel Documentation/filesystems/ext4/atomic_writes.rst",
                    "kernel fs/xfs/xfs_iomap.c, xfs_atomic_write_cow_iomap_begin (6.16 to 7.3)")
            .promised();

    /** The rules in the order of the kernel's checks. */
    static final List<Rule> ORDER = Stream.of(
                    List.of(
                            NO_FILE_TAKES_ATOMIC,
                            XFS_WRITE_OF_NO_BYTES,
                            FILE_SYSTEM_MUST_BE_UP,
                            DAX_FILES_WRITE_OTHERWISE,
                            LENGTH_WITHIN_FILE_LIMITS),
                    AtomicFormRules.request(ATOMIC_FILES),
                    List.of(
                            FILE_MAY_NOT_TAKE_DIRECT_IO,
                            JOURNALLED_FILE_WRITES_WHOLE_OR_REFUSES.within(ATOMIC_FILES.on(EXT4)),
                            IMMUTABLE_FILE_REFUSES_ATOMIC_WRITE,
                            IMMUTABLE_FILE_OPEN_BEFORE_TAKES_ATOMIC_WRITE,
                            FILE_MUST_NOT_BE_SWAP,
                            ATOMIC_WRITE_BEHIND_SIZE_LIMIT,
                            ATOMIC_WRITE_IS_NOT_CUT_AT_SIZE_LIMIT,
                            ATOMIC_APPEND_TO_ODD_END),
                    AtomicFormRules.memory(ATOMIC_FILES),
                    List.of(
                            FILE_NOWAIT_MAY_ASK_AGAIN,
                            ATOMIC_APPEND_GOES_TO_END,
                            ATOMIC_WRITE_MAY_LACK_SPACE,
                            ATOMIC_WRITE_OVER_HOLE,
                            ATOMIC_WRITE_OVER_UNWRITTEN,
                            ATOMIC_WRITE_OVER_SHARED,
                            ATOMIC_WRITE_OVER_WRITTEN,
                            ATOMIC_WRITE_OVER_DELAYED,
                            ATOMIC_WRITE_OVER_MIXED))
            .flatMap(List::stream)
            .toList();

    private FileWriteRules() {}

    static boolean goesToJournalledFile(Write write, Situation on) {
        return write.atomic()
                && on.is(Attribute.DATA_JOURNALLED)
                && !WriteConditions.crossesSizeLimit(write, on)
                && !(WriteConditions.hasAlignedMemory(write, on) && WriteConditions.appendsToOddEnd(write, on));
    }

    private static Rule over(String id, String where, Scope scope, Set<Kind> kinds) {
        Set<Kind> only = EnumSet.copyOf(kinds);
        return answering(
                        id,
                        "A legal atomic write " + where
                                + " returns its length, or EAGAIN (notable) if pages of it may be cached and could not be "
                                + "dropped, however often it was repeated.",
                        scope,
                        write(
                                (write, on) ->
                                        write.atomic() && on.kindsUnder(write).equals(only),
                                WriteExpectations::doneAsNamed),
                        MAN,
                        "kernel Documentation/filesystems/ext4/atomic_writes.rst",
                        "kernel fs/iomap/direct-io.c, __iomap_dio_rw (6.13 to 7.3)")
                .promised();
    }

    /** Allow what an atomic write to another file does, what one does that goes to the page cache, and not to support it. */
    private static Expectation maybeThroughPageCache(Write write, Situation on) {
        boolean missing = write.buffer().missing() > 0;
        boolean toOddEnd = WriteConditions.appendsToOddEnd(write, on);
        Refusals refusals = Refusals.of(Errno.EOPNOTSUPP)
                .or(Errno.EAGAIN, on.mayAskAgain(write))
                .or(Errno.EFAULT, missing)
                .or(Errno.EINVAL, toOddEnd || !WriteConditions.hasAlignedMemory(write, on))
                .or(Errno.EREMOTEIO, toOddEnd)
                .or(Errno.EUCLEAN, toOddEnd)
                .or(Errno.ENOSPC, on.isSpaceScarce());
        return missing ? new Expectation(refusals.of(on)) : refusals.besides(whole(write, on), on);
    }

    private static Expectation forbiddenOrDone(Write write, Situation on) {
        return Refusals.of(Errno.EPERM)
                .or(Errno.EAGAIN, on.mayAskAgain(write))
                .or(Errno.ENOSPC, on.mayLackSpace(write))
                .besides(whole(write, on), on);
    }

    private static Expectation refusedOrAtOddEnd(Write write, Situation on) {
        Refusals refusals = Refusals.of(Errno.EINVAL, Errno.EREMOTEIO)
                .or(Errno.EUCLEAN, on.target().kind() == EXT4)
                .or(Errno.EFAULT, write.buffer().missing() > 0)
                .or(Errno.EAGAIN, on.mayAskAgain(write))
                .or(Errno.ENOSPC, on.mayLackSpace(write));
        return WriteConditions.hasAlignedMemory(write, on)
                ? refusals.besides(whole(write, on), write, on)
                : new Expectation(refusals.of(on));
    }

    private static Permit whole(Write write, Situation on) {
        return allowed(new Returned(write.length()), on.stateAfter(write));
    }
}
