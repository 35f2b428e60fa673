package io.untorn.model;

import static io.untorn.model.Expectation.allowed;
import static io.untorn.model.Expectation.anyOf;
import static io.untorn.model.Expectation.fitting;
import static io.untorn.model.Expectation.notable;
import static io.untorn.model.Rule.answering;
import static io.untorn.model.Scope.DEVICES;
import static io.untorn.model.Scope.EVERYWHERE;
import static io.untorn.model.Scope.FILES;
import static io.untorn.model.Scope.Support.MORE_THAN_ONE_LENGTH;
import static io.untorn.model.Scope.Support.PRESENT;
import static io.untorn.model.TargetKind.EXT4;
import static io.untorn.model.TargetKind.XFS;

import io.untorn.model.Blocks.Kind;
import io.untorn.model.Expectation.Permit;
import io.untorn.model.Outcome.Failed;
import io.untorn.model.Outcome.Returned;
import io.untorn.model.Rule.Answer;
import io.untorn.model.Rule.Condition;
import io.untorn.model.Rule.Permission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a write may answer, in the kernel's own order of checks: it decides which errno wins. */
final class WriteRules {
    private static final Scope ATOMIC = EVERYWHERE.since(6, 11).where(PRESENT);
    private static final Scope ATOMIC_FILES = ATOMIC.since(6, 13).on(EXT4, XFS);
    private static final Scope ATOMIC_DEVICES = ATOMIC.on(TargetKind.BLOCK_DEVICE);
    private static final int MAX_DEVICE_PAGES = 256;
    private static final int MAX_PIECES = 8;
    private static final String MAN = "pwritev2(2), RWF_ATOMIC";
    private static final String VALID = "kernel fs/read_write.c, generic_atomic_write_valid (6.12 to 7.3)";
    private static final String BLKDEV_WRITE = "kernel block/fops.c, blkdev_write_iter (6.1 to 7.1)";
    private static final String XFS_WRITE = "kernel fs/xfs/xfs_file.c, xfs_file_write_iter (6.1 to 7.1)";
    private static final String FILE_WRITE =
            "kernel fs/ext4/file.c, ext4_file_write_iter; fs/xfs/xfs_file.c, xfs_file_write_iter (6.13 to 7.3)";

    static final Rule JOURNALLED = answering(
                    "journalled-file-writes-whole-or-refuses",
                    "Nobody says what an atomic write to a file does whose data is journalled: all of it, or it is "
                            + "refused, with any error.",
                    FILES.on(EXT4),
                    write(
                            (write, on) -> write.atomic()
                                    && on.is(Attribute.DATA_JOURNALLED)
                                    && !crossesSizeLimit(write, on)
                                    && !(hasAlignedMemory(write, on) && appendsToOddEnd(write, on)),
                            WriteRules::wholeOrRefused),
                    "seed mail of 2023-12-04, quoted points for discussion: 1",
                    MAN + ": all or none",
                    "kernel fs/ext4/file.c, ext4_should_use_dio: goes to the page cache (6.13 to 7.3)")
            .silent();

    static final Rule IMMUTABLE = answering(
            "immutable-file-refuses-atomic-write",
            "An atomic write to an immutable file fails with EPERM, also through a descriptor that was opened before.",
            FILES.on(EXT4),
            refusingLate(Errno.EPERM, (write, on) -> write.atomic() && on.is(Attribute.IMMUTABLE)),
            "ioctl_iflags(2), FS_IMMUTABLE_FL: no changes are permitted",
            "kernel fs/ext4/file.c, ext4_generic_write_checks (6.1 to 7.3)");

    /** What follows for a block device, in order. */
    private static final List<Rule> DEVICE = Stream.of(
                    List.of(
                            Rule.untold(
                                    "device-must-be-writable",
                                    "A write to a device that is set read-only fails with EPERM, to one used as swap "
                                            + "with ETXTBSY.",
                                    DEVICES,
                                    "kernel block/fops.c, blkdev_write_iter (6.11 to 7.3)"),
                            noBytes("device-write-of-no-bytes", "to a block device", DEVICES, BLKDEV_WRITE),
                            answering(
                                    "device-write-beyond-end",
                                    "A write that begins at or behind the end of a block device fails with ENOSPC.",
                                    DEVICES,
                                    refusing(Errno.ENOSPC, (write, on) -> on.place(write) >= on.size()),
                                    "write(2), ERRORS, ENOSPC",
                                    "kernel block/fops.c, blkdev_write_iter (6.1 to 7.3)"),
                            answering(
                                    "device-nowait-needs-direct",
                                    "RWF_NOWAIT without O_DIRECT fails with EOPNOTSUPP on a block device.",
                                    DEVICES,
                                    refusing(
                                            Errno.EOPNOTSUPP,
                                            (write, on) -> write.flags().has(RwFlag.NOWAIT)
                                                    && write.access() == Access.BUFFERED),
                                    "kernel block/fops.c, blkdev_write_iter (6.1 to 7.3)")),
                    wellFormed(ATOMIC_DEVICES),
                    List.of(
                            answering(
                                    "device-atomic-write-within-end",
                                    "An atomic write that crosses the end of a block device fails with EINVAL; it is "
                                            + "never cut.",
                                    ATOMIC_DEVICES,
                                    refusing(
                                            Errno.EINVAL,
                                            (write, on) ->
                                                    write.atomic() && on.place(write) + write.length() > on.size()),
                                    "kernel block/fops.c, blkdev_write_iter (6.13 to 7.3; in 6.12.y from early on)"),
                            answering(
                                    "device-length-in-logical-blocks",
                                    "An atomic write to a block device is in whole logical blocks.",
                                    ATOMIC_DEVICES,
                                    refusingLate(
                                            Errno.EINVAL,
                                            (write, on) -> write.atomic()
                                                    && !on.isDirectAligned(on.place(write), write.length())),
                                    "open(2), NOTES, O_DIRECT",
                                    "kernel block/fops.c, blkdev_dio_invalid (6.12 to 7.3)"),
                            answering(
                                    "device-data-in-256-pages",
                                    "The data of an atomic write to a block device lies in at most 256 pages of memory.",
                                    ATOMIC_DEVICES,
                                    refusingLate(
                                            Errno.EINVAL,
                                            (write, on) -> write.atomic() && pages(write) > MAX_DEVICE_PAGES),
                                    "kernel block/fops.c, blkdev_direct_IO: BIO_MAX_VECS (6.12 to 7.3)"),
                            memoryAligned(ATOMIC_DEVICES),
                            memoryMissing(ATOMIC_DEVICES),
                            memoryMissingInPart(ATOMIC_DEVICES),
                            answering(
                                    "length-within-device-limits",
                                    "The length of an atomic write to a block device is at least unit_min and at most "
                                            + "unit_max.",
                                    ATOMIC_DEVICES,
                                    refusingLate(Errno.EINVAL, WriteRules::isOutsideLimits),
                                    MAN,
                                    "kernel block/blk-core.c, blk_validate_atomic_write_op_size (6.12 to 7.3)"),
                            answering(
                                    "device-nowait-may-ask-again",
                                    "An atomic write with RWF_NOWAIT may fail with EAGAIN where pages are cached, also "
                                            + "where rules from device-length-in-logical-blocks on refuse it; else it "
                                            + "does what it would do without.",
                                    ATOMIC_DEVICES,
                                    write(
                                            (write, on) -> write.atomic()
                                                    && write.flags().has(RwFlag.NOWAIT),
                                            WriteRules::doneOrAskAgain),
                                    "preadv2(2), RWF_NOWAIT",
                                    "kernel block/fops.c, blkdev_direct_write; mm/filemap.c, kiocb_invalidate_pages "
                                            + "(6.12 to 7.3)"),
                            Rule.untold(
                                    "device-needs-no-split",
                                    "An atomic write that the queue would have to split, or that crosses a boundary of the "
                                            + "device, fails with EINVAL.",
                                    ATOMIC_DEVICES,
                                    "kernel block/blk-merge.c, bio_split_rw_at; drivers/nvme/host/core.c, "
                                            + "nvme_valid_atomic_write (6.12 to 7.3)"),
                            Rule.untold(
                                    "device-rejects",
                                    "A SCSI disk that rejects WRITE ATOMIC(16) makes the write fail with EREMOTEIO, a "
                                            + "medium error with EIO; the data is then old or new.",
                                    ATOMIC_DEVICES,
                                    "kernel drivers/scsi/scsi_lib.c, scsi_result_to_blk_status (6.12 to 7.3)"),
                            answering(
                                            "atomic-write-returns-its-length",
                                            "A legal atomic write to a block device returns its length: never less, never an "
                                                    + "error.",
                                            ATOMIC_DEVICES,
                                            write((write, on) -> write.atomic(), (write, on) -> on.stored(write)),
                                            MAN,
                                            "kernel block/fops.c, blkdev_write_iter (6.12 to 7.3)")
                                    .promised()))
            .flatMap(List::stream)
            .toList();

    /** What follows for a file, in order. */
    private static final List<Rule> FILE = Stream.of(
                    List.of(
                            noBytes("xfs-write-of-no-bytes", "to a file on XFS", FILES.on(XFS), XFS_WRITE),
                            Rule.untold(
                                    "file-system-must-be-up",
                                    "A write to a file system that was shut down fails with EIO, or EROFS after an "
                                            + "emergency.",
                                    FILES,
                                    FILE_WRITE),
                            Rule.untold(
                                    "dax-files-write-otherwise",
                                    "A DAX file on XFS takes no atomic writes; on ext4 the DAX path ignores the flag.",
                                    ATOMIC_FILES,
                                    FILE_WRITE),
                            answering(
                                    "length-within-file-limits",
                                    "The length of an atomic write to a file is at least unit_min and at most unit_max; "
                                            + "no bytes through io_uring or libaio are too few.",
                                    ATOMIC_FILES,
                                    refusing(Errno.EINVAL, WriteRules::isOutsideLimits),
                                    MAN,
                                    "statx(2), stx_atomic_write_unit_min",
                                    FILE_WRITE)),
                    wellFormed(ATOMIC_FILES),
                    List.of(
                            Rule.untold(
                                    "file-may-not-take-direct-io",
                                    "A file that can't use direct I/O (inline data, verity, encryption) keeps the "
                                            + "promise, or refuses.",
                                    ATOMIC_FILES.on(EXT4),
                                    "kernel fs/ext4/file.c, ext4_should_use_dio (6.13 to 7.3)"),
                            JOURNALLED.within(ATOMIC_FILES.on(EXT4)),
                            IMMUTABLE.within(ATOMIC_FILES.on(EXT4)),
                            answering(
                                            "immutable-file-open-before-takes-atomic-write",
                                            "Nobody says what an atomic write to an immutable file does through a descriptor "
                                                    + "that was opened before: all of it, or it is refused.",
                                            ATOMIC_FILES.on(XFS),
                                            write(
                                                    (write, on) -> write.atomic()
                                                            && on.is(Attribute.IMMUTABLE)
                                                            && hasAlignedMemory(write, on)
                                                            && !appendsToOddEnd(write, on)
                                                            && !crossesSizeLimit(write, on),
                                                    WriteRules::wholeOrRefused),
                                            "ioctl_iflags(2), FS_IMMUTABLE_FL: no changes are permitted",
                                            "kernel fs/xfs/xfs_file.c, xfs_file_write_checks: does not look (6.13 to 7.3)")
                                    .silent(),
                            Rule.untold(
                                    "file-must-not-be-swap",
                                    "A swap file refuses with ETXTBSY.",
                                    FILES,
                                    "kernel fs/read_write.c, generic_write_checks (6.13 to 7.3)"),
                            answering(
                                    "atomic-write-behind-size-limit",
                                    "An atomic write that begins at or behind RLIMIT_FSIZE fails with EFBIG.",
                                    ATOMIC_FILES,
                                    refusingLate(
                                            Errno.EFBIG,
                                            (write, on) -> write.atomic() && on.exceedsSizeLimit(on.place(write) + 1)),
                                    "setrlimit(2), RLIMIT_FSIZE",
                                    "kernel fs/read_write.c, generic_write_check_limits (6.13 to 7.3)"),
                            answering(
                                            "atomic-write-is-not-cut-at-size-limit",
                                            "An atomic write that crosses RLIMIT_FSIZE fails; it is never cut. Nobody says "
                                                    + "with which errno.",
                                            ATOMIC_FILES,
                                            write(
                                                    (write, on) -> write.atomic() && crossesSizeLimit(write, on),
                                                    (write, on) -> anyOf(on.anyRefusal(write))),
                                            "setrlimit(2), RLIMIT_FSIZE",
                                            MAN + ": all or none")
                                    .silent(),
                            answering(
                                            "atomic-append-to-odd-end",
                                            "Where the end of the file is no multiple of its length, nobody says what an "
                                                    + "appending atomic write does: it is refused, or all of it lies at "
                                                    + "the end.",
                                            ATOMIC_FILES,
                                            write(
                                                    (write, on) -> write.atomic() && appendsToOddEnd(write, on),
                                                    (write, on) -> !hasAlignedMemory(write, on)
                                                            ? anyOf(on.anyRefusal())
                                                            : anyOf(
                                                                    on.anyRefusal(write),
                                                                    allowed(
                                                                            new Returned(write.length()),
                                                                            on.stateAfter(write)))),
                                            MAN + ": all or none")
                                    .silent(),
                            memoryAligned(ATOMIC_FILES),
                            memoryMissing(ATOMIC_FILES),
                            memoryMissingInPart(ATOMIC_FILES),
                            answering(
                                    "file-nowait-may-ask-again",
                                    "An atomic write with RWF_NOWAIT may fail with EAGAIN, also where rules from "
                                            + "atomic-write-behind-size-limit on refuse it; else it does what it would "
                                            + "do without.",
                                    ATOMIC_FILES,
                                    write(
                                            (write, on) -> write.atomic()
                                                    && write.flags().has(RwFlag.NOWAIT),
                                            WriteRules::doneOrAskAgain),
                                    "preadv2(2), RWF_NOWAIT",
                                    "kernel fs/ext4/file.c, ext4_dio_write_checks; fs/xfs/xfs_file.c, "
                                            + "xfs_file_dio_write_atomic (6.13 to 7.3)"),
                            answering(
                                    "atomic-append-goes-to-end",
                                    "With O_APPEND or RWF_APPEND an atomic write to a file goes to its end, whatever "
                                            + "offset it names.",
                                    ATOMIC_FILES,
                                    write(
                                            (write, on) -> write.atomic() && on.appends(write),
                                            WriteRules::doneOrAskAgain),
                                    "open(2), O_APPEND",
                                    "preadv2(2), RWF_APPEND",
                                    "kernel fs/read_write.c, generic_write_checks_count (6.13 to 7.3)"),
                            answering(
                                            "atomic-write-may-lack-space",
                                            "Where space is scarce an atomic write returns its length, or fails with ENOSPC "
                                                    + "and changes nothing: on ext4 unless all of it goes to written blocks, "
                                                    + "on XFS also over those, which may have to be copied.",
                                            ATOMIC_FILES,
                                            write(
                                                    (write, on) -> write.atomic() && on.mayLackSpace(write),
                                                    WriteRules::doneOrAskAgain),
                                            "write(2), ERRORS, ENOSPC",
                                            MAN + ": all or none",
                                            "kernel fs/ext4/inode.c, ext4_iomap_alloc; fs/xfs/xfs_iomap.c, "
                                                    + "xfs_atomic_write_cow_iomap_begin (6.16 to 7.3)")
                                    .promised(),
                            over("atomic-write-over-hole", "on a hole", ATOMIC_FILES, Set.of(Kind.HOLE)),
                            over(
                                    "atomic-write-over-unwritten",
                                    "on unwritten blocks",
                                    ATOMIC_FILES,
                                    Set.of(Kind.UNWRITTEN)),
                            over(
                                    "atomic-write-over-shared",
                                    "on blocks shared with another range",
                                    ATOMIC_FILES.on(XFS),
                                    Set.of(Kind.SHARED)),
                            over("atomic-write-over-written", "on written blocks", ATOMIC_FILES, Set.of(Kind.WRITTEN)),
                            over(
                                    "atomic-write-over-delayed",
                                    "on data that waits in the page cache for its blocks",
                                    ATOMIC_FILES,
                                    Set.of(Kind.DELAYED)),
                            answering(
                                            "atomic-write-over-mixed",
                                            "A legal atomic write on a mixed range (holes, unwritten, written, shared) "
                                                    + "returns its length; EAGAIN, notable, asks to try again.",
                                            ATOMIC_FILES.since(6, 16).where(MORE_THAN_ONE_LENGTH),
                                            write((write, on) -> write.atomic(), WriteRules::doneOrAskAgain),
                                            MAN,
                                            "kernel Documentation/filesystems/ext4/atomic_writes.rst",
                                            "kernel fs/xfs/xfs_iomap.c, xfs_atomic_write_cow_iomap_begin (6.16 to 7.3)")
                                    .promised()))
            .flatMap(List::stream)
            .toList();

    /** What becomes of writes that are not atomic, in order; the front end and the end of a device come before. */
    static final List<Rule> PLAIN = List.of(
            answering(
                    "ext4-plain-write-of-no-bytes",
                    "A plain write of no bytes through io_uring or libaio to a file on ext4 returns 0; with RWF_NOWAIT, or "
                            + "to an immutable file, it may be refused.",
                    FILES.on(EXT4).needing(Facility.LIBAIO),
                    write(
                            (write, on) -> write.length() == 0,
                            (write, on) -> write.flags().has(RwFlag.NOWAIT) || on.is(Attribute.IMMUTABLE)
                                    ? anyOf(allowed(Outcome.DONE, on.state()), on.anyRefusal())
                                    : Expectation.required(Outcome.DONE, on.state())),
                    "write(2), RETURN VALUE",
                    "kernel fs/read_write.c, generic_write_checks; fs/ext4/file.c, ext4_buffered_write_iter (6.1 to "
                            + "7.1)"),
            answering(
                    "immutable-file-refuses-plain-write",
                    "A plain write to an immutable file fails with EPERM, also through a descriptor that was opened before; "
                            + "with RWF_NOWAIT another error may come first.",
                    FILES.on(EXT4),
                    write(
                            (write, on) -> on.is(Attribute.IMMUTABLE),
                            (write, on) -> write.flags().has(RwFlag.NOWAIT)
                                    ? anyOf(on.anyRefusal())
                                    : on.refusal(Errno.EPERM)),
                    "ioctl_iflags(2), FS_IMMUTABLE_FL: no changes are permitted",
                    "kernel fs/ext4/file.c, ext4_generic_write_checks (6.1 to 7.3)"),
            answering(
                            "immutable-file-open-before-takes-plain-write",
                            "Nobody says what a plain write to an immutable file does through a descriptor that was opened "
                                    + "before: as much as it likes.",
                            FILES.on(XFS),
                            write((write, on) -> on.is(Attribute.IMMUTABLE), WriteRules::anything),
                            "ioctl_iflags(2), FS_IMMUTABLE_FL: no changes are permitted",
                            "kernel fs/xfs/xfs_file.c, xfs_file_write_checks: does not look (6.1 to 7.3)")
                    .silent(),
            answering(
                            "plain-nowait-may-stop-early",
                            "A plain write with RWF_NOWAIT stores as much as it likes, or is refused; with direct I/O it may "
                                    + "be refused after some of its blocks are in place.",
                            EVERYWHERE,
                            write((write, on) -> write.flags().has(RwFlag.NOWAIT), WriteRules::storedOrRefusedPartWay),
                            "preadv2(2), RWF_NOWAIT",
                            "kernel fs/iomap/direct-io.c, iomap_dio_rw: maps one extent at a time (6.1 to 7.3)")
                    .silent(),
            answering(
                    "plain-write-behind-size-limit",
                    "A write that begins at or behind RLIMIT_FSIZE fails with EFBIG; a misaligned direct one may say EINVAL "
                            + "first.",
                    FILES,
                    write(
                            (write, on) -> on.exceedsSizeLimit(on.place(write) + 1),
                            (write, on) -> isMisalignedDirect(write, on)
                                    ? anyOf(
                                            allowed(new Failed(Errno.EFBIG), on.state()),
                                            allowed(new Failed(Errno.EINVAL), on.state()))
                                    : on.refusal(Errno.EFBIG)),
                    "setrlimit(2), RLIMIT_FSIZE",
                    "write(2), ERRORS, EFBIG"),
            answering(
                    "direct-append-to-odd-end",
                    "A plain direct append that names whole blocks goes to the end of the file also where that lies inside "
                            + "a block, and leaves what lies before it; where space is scarce it stores as much as it "
                            + "returns, or fails with ENOSPC.",
                    FILES,
                    write(
                            WriteRules::appendsBlocksInsideBlock,
                            (write, on) -> on.mayLackSpace(write) ? storedOrLacking(write, on) : cut(write, on)),
                    "open(2), O_APPEND",
                    "preadv2(2), RWF_APPEND"),
            answering(
                    "plain-write-may-lack-space",
                    "Where space is scarce a plain write that does not all go to written blocks stores as much as it "
                            + "returns, or fails with ENOSPC; of a direct one what goes to written blocks may then be in "
                            + "place. The size stays.",
                    FILES,
                    write((write, on) -> on.mayLackSpace(write), WriteRules::storedOrLacking),
                    "write(2), ERRORS, ENOSPC",
                    "write(2), RETURN VALUE",
                    "kernel fs/iomap/direct-io.c, iomap_dio_complete; fs/ext4/file.c, ext4_dio_write_end_io; "
                            + "fs/xfs/xfs_file.c, xfs_dio_write_end_io: convert no blocks after an error (6.1 to 7.3)"),
            answering(
                    "misaligned-direct-write-may-be-refused",
                    "A plain direct write that is no multiple of the logical block, whole or in a segment, or whose "
                            + "memory is not aligned, may fail with EINVAL; what of its whole blocks is then in place is "
                            + "not said.",
                    EVERYWHERE,
                    write(WriteRules::isMisalignedDirect, WriteRules::refusedOrStored),
                    "open(2), NOTES, O_DIRECT",
                    "statx(2), stx_dio_offset_align, stx_dio_mem_align",
                    "kernel fs/iomap/direct-io.c, iomap_dio_bio_iter: looks at one extent at a time (6.1 to 7.3)"),
            answering(
                    "device-plain-write-cut-at-end",
                    "A plain write that crosses the end of a block device stores what lies before the end.",
                    DEVICES,
                    write((write, on) -> on.place(write) + write.length() > on.size(), WriteRules::cut),
                    "write(2), RETURN VALUE",
                    "kernel block/fops.c, blkdev_write_iter (6.1 to 7.3)"),
            answering(
                    "plain-write-cut-at-size-limit",
                    "A plain write that crosses RLIMIT_FSIZE stores what lies before the limit.",
                    FILES,
                    write(WriteRules::crossesSizeLimit, WriteRules::cut),
                    "write(2), RETURN VALUE",
                    "kernel fs/read_write.c, generic_write_check_limits (6.1 to 7.3)"),
            answering(
                    "plain-append-goes-to-end",
                    "With O_APPEND or RWF_APPEND a plain write to a file goes to its end.",
                    FILES,
                    write((write, on) -> on.appends(write), WriteRules::cut),
                    "open(2), O_APPEND"),
            answering(
                    "plain-write-returns-its-length",
                    "A plain write returns its length; beyond the end of a file it makes the file longer. Through "
                            + "io_uring a direct write at the position, atomic or not, may leave it where it was.",
                    EVERYWHERE,
                    write((write, on) -> true, WriteRules::cut),
                    "write(2), RETURN VALUE",
                    "kernel io_uring/rw.c, kiocb_done: moves the position where the write is not queued (6.1 to 7.1)"));

    private WriteRules() {}

    /** Return the rules of writes to a kind of target, of every version, in the order of the kernel's checks. */
    static List<Rule> order(TargetKind target) {
        return Stream.of(FrontEnd.ORDER, target.isFile() ? FILE : DEVICE, PLAIN)
                .flatMap(List::stream)
                .toList();
    }

    /** What an atomic write must be like wherever it goes, in order. */
    private static List<Rule> wellFormed(Scope scope) {
        return List.of(
                answering(
                        "one-segment",
                        "An atomic write has one segment; an empty one beside it counts.",
                        scope,
                        refusing(Errno.EINVAL, (write, on) -> write.atomic() && write.split() != Split.ONE),
                        MAN,
                        "statx(2), stx_atomic_write_segments_max",
                        VALID),
                answering(
                        "atomic-write-from-no-registered-buffer",
                        "An atomic write from a registered buffer of io_uring fails with EINVAL, though it has one "
                                + "segment.",
                        scope.needing(Facility.IO_URING),
                        refusing(
                                Errno.EINVAL, (write, on) -> write.atomic() && write.engine() == Engine.IO_URING_FIXED),
                        VALID),
                answering(
                        "length-power-of-two",
                        "The length of an atomic write is a power of two.",
                        scope.where(MORE_THAN_ONE_LENGTH),
                        refusing(Errno.EINVAL, (write, on) -> write.atomic() && Integer.bitCount(write.length()) != 1),
                        MAN,
                        VALID),
                answering(
                        "offset-naturally-aligned",
                        "The offset of an atomic write, or the position where it has none, is a multiple of its length.",
                        scope,
                        refusing(
                                Errno.EINVAL,
                                (write, on) -> write.atomic() && on.requestedPlace(write) % write.length() != 0),
                        MAN,
                        VALID),
                answering(
                        "direct-io-only",
                        "A well-formed atomic write without O_DIRECT fails with EOPNOTSUPP.",
                        scope,
                        refusing(Errno.EOPNOTSUPP, (write, on) -> write.atomic() && write.access() == Access.BUFFERED),
                        MAN + ": requires O_DIRECT",
                        VALID));
    }

    /** What comes of no bytes, where the kernel comes to look at the target: pwritev2 returns before. */
    private static Rule noBytes(String id, String where, Scope scope, String source) {
        return answering(
                id,
                "A write of no bytes through io_uring or libaio " + where + " returns 0, whatever its place.",
                scope.needing(Facility.LIBAIO),
                write(
                        (write, on) -> write.length() == 0,
                        (write, on) -> Expectation.required(Outcome.DONE, on.state())),
                source);
    }

    private static Rule memoryAligned(Scope scope) {
        return answering(
                "memory-aligned",
                "The memory of an atomic write is aligned to stx_dio_mem_align; else EINVAL.",
                scope,
                refusingLast(Errno.EINVAL, (write, on) -> write.atomic() && !on.isMemoryAligned(write)),
                "statx(2), stx_dio_mem_align",
                "kernel block/fops.c, blkdev_dio_invalid; fs/iomap/direct-io.c, iomap_dio_bio_iter (6.12 to 6.17)",
                "kernel block/bio.c, bio_iov_iter_get_pages (7.2 and 7.3)");
    }

    private static Rule memoryMissing(Scope scope) {
        return answering(
                "memory-must-be-mapped",
                "An atomic write from memory of which nothing is mapped fails with EFAULT.",
                scope,
                refusingLast(
                        Errno.EFAULT,
                        (write, on) -> write.atomic() && write.buffer().missing() >= write.length()),
                "write(2), ERRORS, EFAULT");
    }

    private static Rule memoryMissingInPart(Scope scope) {
        return answering(
                "memory-missing-in-part",
                "An atomic write from memory of which a part is not mapped fails, with EFAULT or EINVAL, and writes "
                        + "nothing.",
                scope,
                write((write, on) -> write.atomic() && write.buffer().missing() > 0, WriteRules::refusedForMemory),
                MAN + ": all or none",
                "kernel fs/iomap/direct-io.c, iomap_dio_bio_iter; block/fops.c, __blkdev_direct_IO_simple "
                        + "(6.12 to 7.3)");
    }

    private static Rule over(String id, String where, Scope scope, Set<Kind> kinds) {
        Set<Kind> only = EnumSet.copyOf(kinds);
        return answering(
                        id,
                        "A legal atomic write " + where
                                + " returns its length; EAGAIN, notable, asks to try again when cached "
                                + "pages could not be dropped.",
                        scope,
                        write(
                                (write, on) ->
                                        write.atomic() && on.kindsUnder(write).equals(only),
                                WriteRules::doneOrAskAgain),
                        MAN,
                        "kernel Documentation/filesystems/ext4/atomic_writes.rst",
                        "kernel fs/iomap/direct-io.c, __iomap_dio_rw (6.13 to 7.3)")
                .promised();
    }

    static boolean isOutsideLimits(Write write, Situation on) {
        return write.atomic()
                && (write.length() < on.limits().unitMin()
                        || write.length() > on.limits().unitMax());
    }

    private static int pages(Write write) {
        int start = write.buffer().startOf(write.length());
        return (start + write.length() + Buffer.PAGE - 1) / Buffer.PAGE;
    }

    private static Expectation doneOrAskAgain(Write write, Situation on) {
        Permit done = allowed(new Returned(write.length()), on.stateAfter(write));
        return on.target().kind().isFile() && on.mayLackSpace(write)
                ? anyOf(done, askAgain(on), on.noSpace())
                : anyOf(done, askAgain(on));
    }

    private static Permit askAgain(Situation on) {
        return notable(new Failed(Errno.EAGAIN), on.state());
    }

    private static Permit fault(Situation on) {
        return allowed(new Failed(Errno.EFAULT), on.state());
    }

    private static Permit invalid(Situation on) {
        return allowed(new Failed(Errno.EINVAL), on.state());
    }

    private static Expectation refusedForMemory(Write write, Situation on) {
        List<Permit> permits = new ArrayList<>(List.of(fault(on), invalid(on)));
        if (write.flags().has(RwFlag.NOWAIT)) {
            permits.add(askAgain(on));
        }
        if (on.mayLackSpace(write)) {
            permits.add(on.noSpace());
        }
        return new Expectation(permits);
    }

    private static boolean hasAlignedMemory(Write write, Situation on) {
        return write.buffer().missing() == 0 && on.isMemoryAligned(write);
    }

    private static boolean appendsToOddEnd(Write write, Situation on) {
        return write.length() > 0 && on.appends(write) && on.size() % write.length() != 0;
    }

    private static boolean appendsBlocksInsideBlock(Write write, Situation on) {
        long block = on.target().blockSize();
        return write.access() == Access.DIRECT
                && write.length() > 0
                && write.length() % block == 0
                && on.appends(write)
                && on.requestedPlace(write) % block == 0
                && on.size() % block != 0
                && !isMisalignedDirect(write, on)
                && !crossesSizeLimit(write, on);
    }

    static boolean crossesSizeLimit(Write write, Situation on) {
        return on.exceedsSizeLimit(on.place(write) + write.length());
    }

    /** Allow all of an atomic write where that is possible, or any refusal. */
    private static Expectation wholeOrRefused(Write write, Situation on) {
        boolean possible = write.buffer().missing() == 0 && on.lengthStored(write) == write.length();
        return possible
                ? anyOf(allowed(new Returned(write.length()), on.stateAfter(write)), on.anyRefusal(write))
                : anyOf(on.anyRefusal());
    }

    /** Allow a plain write to store any part of its data, and to be refused, whatever is then in place. */
    private static Expectation anything(Write write, Situation on) {
        List<Permit> permits = new ArrayList<>(storedOrRefusedPartWay(write, on).permits());
        if (isMisalignedDirect(write, on)) {
            permits.addAll(refusedOrStored(write, on).permits());
        }
        return new Expectation(permits);
    }

    private static Expectation storedOrLacking(Write write, Situation on) {
        List<Permit> permits = new ArrayList<>(lacking(write, on));
        permits.add(anyPrefix(write, on));
        if (isMisalignedDirect(write, on)) {
            permits.addAll(refusedOrStored(write, on).permits());
        }
        return new Expectation(permits);
    }

    /**
     * A direct write that finds no space may have stored what goes to written blocks before it: new blocks, and those that
     * were unwritten, show nothing of it.
     */
    static List<Permit> lacking(Write write, Situation on) {
        List<Permit> permits = new ArrayList<>();
        permits.add(on.noSpace());
        if (write.access() == Access.DIRECT) {
            FileState after = on.state();
            for (Change piece : piecesInside(write, on)) {
                Set<Kind> kinds = on.state().blocks().kinds(piece.offset(), piece.length());
                if (kinds.equals(EnumSet.of(Kind.WRITTEN)) || kinds.equals(EnumSet.of(Kind.DELAYED))) {
                    after = after.written(piece);
                    permits.add(allowed(new Failed(Errno.ENOSPC), after));
                }
            }
        }
        return permits;
    }

    static boolean isMisalignedDirect(Write write, Situation on) {
        return write.access() == Access.DIRECT
                && (!on.isDirectAligned(on.place(write), on.lengthStored(write))
                        || !on.isMemoryAligned(write)
                        || write.split().lengths(write.length()).stream()
                                .anyMatch(length -> !on.isDirectAligned(0, length)));
    }

    /**
     * A file system may have written pieces of the request, one extent each, before it met the one that it refuses: any
     * of the pieces may be in place, as far as they lie inside the file.
     */
    static Expectation refusedOrStored(Write write, Situation on) {
        List<FileState> after = new ArrayList<>(List.of(on.state()));
        List<Change> pieces = piecesInside(write, on);
        if (pieces.size() > MAX_PIECES) {
            throw new TooManyWorldsException(
                    "the outcome of " + write + " is open in more ways than can be followed: make it shorter");
        }
        for (Change piece : pieces) {
            for (FileState without : List.copyOf(after)) {
                after.add(without.written(piece));
            }
        }
        List<Permit> permits = new ArrayList<>();
        permits.add(allowed(new Returned(on.lengthStored(write)), on.stateAfter(write)));
        after.forEach(state -> permits.add(allowed(new Failed(Errno.EINVAL), state)));
        return new Expectation(permits);
    }

    static Expectation storedOrRefusedPartWay(Write write, Situation on) {
        List<Permit> permits = new ArrayList<>(List.of(anyPrefix(write, on), on.anyRefusal(write)));
        if (write.access() == Access.DIRECT) {
            FileState after = on.state();
            for (Change piece : piecesInside(write, on)) {
                after = after.written(piece);
                permits.add(Situation.anyRefusalBehind(after));
            }
        }
        if (on.mayLackSpace(write)) {
            permits.addAll(lacking(write, on));
        }
        return new Expectation(permits);
    }

    /** Return the pieces of a write, a block each, that lie inside a file and may be in place when it is refused. */
    private static List<Change> piecesInside(Write write, Situation on) {
        List<Change> pieces = new ArrayList<>();
        if (!on.target().kind().isFile()) {
            return pieces;
        }
        int block = on.target().blockSize();
        long place = on.place(write);
        long end = place + on.lengthStored(write);
        for (long from = place, to; from < Math.min(end, on.size()); from = to) {
            to = Math.min((from / block + 1) * block, end);
            if (on.isDirectAligned(from, to - from)) {
                pieces.add(on.changeAtRisk(write, from, Math.min(to, on.size()) - from));
            }
        }
        return pieces;
    }

    static Permit anyPrefix(Write write, Situation on) {
        return fitting(
                "any part of " + write.length() + " bytes stored",
                outcome -> outcome instanceof Returned returned
                                && returned.value() >= 0
                                && returned.value() <= on.lengthStored(write)
                        ? Optional.of(on.stateAfter(write, (int) returned.value()))
                        : Optional.empty());
    }

    private static Expectation cut(Write write, Situation on) {
        return Expectation.required(new Returned(on.lengthStored(write)), on.stateAfter(write));
    }

    static Answer<Write> write(Condition<Write> condition, Permission<Write> permission) {
        return new Answer<>(
                Write.class, condition, (write, on) -> on.withPositionOpen(write, permission.permits(write, on)));
    }

    static Answer<Write> refusing(Errno errno, Condition<Write> condition) {
        return new Answer<>(Write.class, condition, Rule.Refusal.always(errno));
    }

    /** Refuse after the kernel could have had to wait: with RWF_NOWAIT it may ask to try again instead. */
    private static Answer<Write> refusingLate(Errno errno, Condition<Write> condition) {
        return write(
                condition,
                new Rule.Refusal<>(errno, (write, on) -> write.flags().has(RwFlag.NOWAIT), (write, on) -> false));
    }

    /** Refuse after the kernel could have had to find blocks, too. */
    private static Answer<Write> refusingLast(Errno errno, Condition<Write> condition) {
        return write(
                condition,
                new Rule.Refusal<>(
                        errno, (write, on) -> write.flags().has(RwFlag.NOWAIT), (write, on) -> on.mayLackSpace(write)));
    }
}
