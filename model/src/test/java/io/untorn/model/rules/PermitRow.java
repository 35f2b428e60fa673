package io.untorn.model.rules;

import io.untorn.model.history.Environment;
import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.ChangeAttribute;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.FillSpace;
import io.untorn.model.operation.FreeSpace;
import io.untorn.model.operation.HintExtentSize;
import io.untorn.model.operation.LimitFileSize;
import io.untorn.model.operation.MapExtents;
import io.untorn.model.operation.MapLoad;
import io.untorn.model.operation.MapStore;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Reopen;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Histories;
import io.untorn.model.rule.Expectation;
import io.untorn.model.rule.Expectation.Permit;
import io.untorn.model.rule.PageCaching;
import io.untorn.model.rule.Situation;
import io.untorn.model.rule.Specification;
import io.untorn.model.state.FileState;
import io.untorn.model.state.PageCaches;
import io.untorn.model.target.Target;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An operation of which a rule permits more than one answer, or once did.
 *
 * @param rule the id of the rule that decides
 * @param target where
 * @param releases of which kernels this is so
 * @param before what is done first
 * @param operation what is asked
 * @param once which errors were permitted before the sources were read; empty if the same
 * @param now which errors are permitted, with commas between
 * @param why where that is written down, or why it can't be narrower
 */
record PermitRow(
        String rule,
        Target target,
        List<String> releases,
        List<Operation> before,
        Operation operation,
        String once,
        String now,
        String why) {
    static final List<String> RELEASES = List.of("6.12.117", "6.16.12", "6.18.15", "7.3.4");
    static final List<Errno> PROBED =
            IntStream.rangeClosed(1, 4095).mapToObj(Errno::new).toList();

    private static final String ANY = "any error";
    private static final String SAME = "";
    private static final int B = 4096;
    private static final Target DEVICE = Histories.DEVICE;
    private static final Target EXT4 = Histories.EXT4;
    private static final Target XFS = Histories.XFS;

    /** File systems take atomic writes since 6.13. */
    private static final List<String> ATOMIC_FILES = RELEASES.subList(1, 4);

    private static final Write ATOMIC = Write.atomic(0, B);
    private static final Write PLAIN = Write.plain(Access.DIRECT, 0, B);
    private static final Write BUFFERED = Write.plain(Access.BUFFERED, 0, B);
    private static final Operation LOAD = new MapLoad(0, B);
    private static final Operation FULL = new FillSpace(FreeSpace.NOTHING);
    private static final Operation IMMUTABLE = new ChangeAttribute(Attribute.IMMUTABLE);
    private static final Operation JOURNALLED = new ChangeAttribute(Attribute.DATA_JOURNALLED);
    private static final Operation APPENDING = new Reopen(new OpenMode(false, true, false));
    private static final RwFlags NOWAIT = RwFlags.of(RwFlag.NOWAIT);
    private static final RwFlags ATOMIC_NOWAIT = RwFlags.of(RwFlag.ATOMIC, RwFlag.NOWAIT);

    private static final String IOMAP =
            "fs/iomap/direct-io.c, __iomap_dio_rw: kiocb_invalidate_pages fails where a page is dirty again, "
                    + "its buffers are busy or in the journal (ext4_release_folio), or writing it back failed; EAGAIN for an "
                    + "atomic write";
    private static final String EMPTY =
            "mm/truncate.c, invalidate_inode_pages2_range: nothing to do for a range without "
                    + "pages, so __iomap_dio_rw has no EAGAIN for a write that may wait";
    private static final String LOCKS =
            "not narrower: locks, tags and frozen queues (block/blk-core.c, bio_queue_enter) are in no history";

    static final List<PermitRow> ALL = List.of(
            row("atomic-write-over-hole", EXT4, ATOMIC_FILES, after(), ATOMIC, "EAGAIN", "none", EMPTY),
            row("atomic-write-over-hole", XFS, ATOMIC_FILES, after(), ATOMIC, "EAGAIN", "none", EMPTY),
            row("atomic-write-over-written", EXT4, ATOMIC_FILES, after(PLAIN), ATOMIC, "EAGAIN", "none", EMPTY),
            row("atomic-write-over-written", EXT4, ATOMIC_FILES, after(PLAIN, LOAD), ATOMIC, SAME, "EAGAIN", IOMAP),
            row("atomic-write-over-written", XFS, ATOMIC_FILES, after(PLAIN, LOAD), ATOMIC, SAME, "EAGAIN", IOMAP),
            row("atomic-write-over-delayed", XFS, ATOMIC_FILES, after(BUFFERED), ATOMIC, SAME, "EAGAIN", IOMAP),
            row(
                    "atomic-write-over-mixed",
                    XFS,
                    ATOMIC_FILES,
                    after(PLAIN),
                    Write.atomic(0, 2 * B),
                    "EAGAIN",
                    "none",
                    EMPTY),
            row("atomic-append-goes-to-end", XFS, ATOMIC_FILES, after(APPENDING), ATOMIC, "EAGAIN", "none", EMPTY),
            row(
                    "atomic-write-may-lack-space",
                    EXT4,
                    ATOMIC_FILES,
                    after(FULL),
                    ATOMIC,
                    "EAGAIN, ENOSPC",
                    "ENOSPC",
                    EMPTY),
            row(
                    "atomic-write-may-lack-space",
                    XFS,
                    ATOMIC_FILES,
                    after(Write.plain(Access.BUFFERED, 8 * B, B), FULL),
                    ATOMIC,
                    SAME,
                    "EAGAIN, ENOSPC",
                    "mm/filemap.c, filemap_check_errors: writing back another page may have found no space"),
            row(
                    "file-nowait-may-ask-again",
                    EXT4,
                    ATOMIC_FILES,
                    after(),
                    ATOMIC.with(ATOMIC_NOWAIT),
                    SAME,
                    "EAGAIN",
                    LOCKS),
            row(
                    "device-nowait-may-ask-again",
                    DEVICE,
                    RELEASES,
                    after(),
                    ATOMIC.with(ATOMIC_NOWAIT),
                    SAME,
                    "EAGAIN",
                    LOCKS),
            row(
                    "memory-missing-in-part",
                    XFS,
                    ATOMIC_FILES,
                    after(),
                    ATOMIC.with(new Buffer(0, 512)),
                    SAME,
                    "EFAULT, EINVAL",
                    "not narrower: EFAULT where pinning stops at a bio's start, EINVAL where the bio is too short "
                            + "(iomap_dio_bio_iter), which depends on how memory is laid out"),
            row(
                    "journalled-file-writes-whole-or-refuses",
                    EXT4,
                    ATOMIC_FILES,
                    after(JOURNALLED),
                    ATOMIC,
                    ANY,
                    "EOPNOTSUPP",
                    "fs/ext4/ext4_jbd2.c, ext4_inode_journal_mode: as another file with delayed allocation; else "
                            + "fs/ext4/file.c, ext4_should_use_dio: to the page cache, where nothing but memory or space can "
                            + "lack; EOPNOTSUPP from a kernel that refuses it: pwritev2(2)"),
            row(
                    "journalled-file-writes-whole-or-refuses",
                    EXT4,
                    ATOMIC_FILES,
                    after(JOURNALLED),
                    ATOMIC.with(new Buffer(1, 0)),
                    ANY,
                    "EINVAL, EOPNOTSUPP",
                    "fs/iomap/direct-io.c, iomap_dio_bio_iter: EINVAL; done through the page cache"),
            row(
                    "journalled-file-writes-whole-or-refuses",
                    EXT4,
                    ATOMIC_FILES,
                    after(JOURNALLED),
                    ATOMIC.with(ATOMIC_NOWAIT),
                    ANY,
                    "EAGAIN, EOPNOTSUPP",
                    "fs/ext4/file.c, ext4_buffered_write_iter: EOPNOTSUPP; io_uring/rw.c, io_write: EAGAIN for it"),
            row(
                    "journalled-file-writes-whole-or-refuses",
                    EXT4,
                    ATOMIC_FILES,
                    after(JOURNALLED, new Truncate(512), APPENDING),
                    ATOMIC.with(new Buffer(1, 0)),
                    ANY,
                    "EAGAIN, EINVAL, EOPNOTSUPP, EUCLEAN, EREMOTEIO",
                    "as atomic-append-to-odd-end with delayed allocation; fs/ext4/inode.c, "
                            + "ext4_map_blocks_atomic_write_slow: EUCLEAN"),
            row(
                    "immutable-file-open-before-takes-atomic-write",
                    XFS,
                    ATOMIC_FILES,
                    after(IMMUTABLE),
                    ATOMIC,
                    ANY,
                    "EPERM",
                    "fs/xfs/xfs_file.c, xfs_file_write_checks: does not look; EPERM from a kernel that does: "
                            + "ioctl_iflags(2)"),
            row(
                    "atomic-write-is-not-cut-at-size-limit",
                    EXT4,
                    ATOMIC_FILES,
                    after(new LimitFileSize(2048)),
                    ATOMIC,
                    ANY,
                    "EFBIG, EINVAL, EREMOTEIO",
                    "setrlimit(2): EFBIG; fs/iomap/direct-io.c, iomap_dio_bio_iter: EINVAL for what is left of the write; "
                            + "drivers/scsi/scsi_lib.c, scsi_result_to_blk_status: EREMOTEIO from the disk"),
            row(
                    "atomic-append-to-odd-end",
                    EXT4,
                    ATOMIC_FILES,
                    after(new Truncate(512), APPENDING),
                    ATOMIC,
                    ANY,
                    "EAGAIN, EINVAL, EREMOTEIO, EUCLEAN",
                    "the page at EOF may be cached: EAGAIN; block/blk-core.c, blk_validate_atomic_write_op_size: EINVAL; scsi_result_to_blk_status: EREMOTEIO; "
                            + "fs/ext4/inode.c, ext4_map_blocks_atomic_write_slow: EUCLEAN (6.16 to 7.3)"),
            row(
                    "atomic-append-to-odd-end",
                    XFS,
                    ATOMIC_FILES,
                    after(new Truncate(B), APPENDING),
                    Write.atomic(0, 2 * B),
                    ANY,
                    "EINVAL, EREMOTEIO",
                    "as on ext4; the software path takes any block"),
            row(
                    "ring-buffered-nowait",
                    DEVICE,
                    RELEASES,
                    after(),
                    BUFFERED.with(NOWAIT).through(Engine.IO_URING),
                    ANY,
                    "EAGAIN, EOPNOTSUPP",
                    "block/fops.c, blkdev_write_iter: EOPNOTSUPP; io_uring/rw.c, io_write: EAGAIN for it"),
            row(
                    "ring-buffered-nowait",
                    XFS,
                    RELEASES,
                    after(),
                    BUFFERED.with(NOWAIT).through(Engine.IO_URING),
                    ANY,
                    "EAGAIN",
                    "fs/xfs/xfs_inode.c, xfs_ilock_iocb, and fs/iomap/buffered-io.c, iomap_write_iter: EAGAIN"),
            row(
                    "ring-buffered-nowait",
                    EXT4,
                    ATOMIC_FILES,
                    after(),
                    ATOMIC.with(Access.BUFFERED).with(ATOMIC_NOWAIT).through(Engine.IO_URING),
                    ANY,
                    "EAGAIN, EINVAL, EOPNOTSUPP",
                    "io_write: EAGAIN where the file can't write to the page cache without waiting; else "
                            + "generic_atomic_write_valid"),
            row(
                    "ext4-plain-write-of-no-bytes",
                    EXT4,
                    RELEASES,
                    after(IMMUTABLE),
                    BUFFERED.sized(0).through(Engine.LIBAIO),
                    ANY,
                    "EPERM",
                    "fs/ext4/file.c, ext4_generic_write_checks"),
            row(
                    "ext4-plain-write-of-no-bytes",
                    EXT4,
                    RELEASES,
                    after(),
                    BUFFERED.sized(0).with(NOWAIT).through(Engine.LIBAIO),
                    ANY,
                    "EAGAIN, EOPNOTSUPP",
                    "fs/ext4/file.c, ext4_buffered_write_iter: EOPNOTSUPP; ext4_dio_write_iter: EAGAIN"),
            row(
                    "immutable-file-refuses-plain-write",
                    EXT4,
                    RELEASES,
                    after(IMMUTABLE),
                    BUFFERED.with(NOWAIT),
                    ANY,
                    "EPERM, EAGAIN, EOPNOTSUPP",
                    "ext4_buffered_write_iter: EOPNOTSUPP, and ext4_dio_write_iter: EAGAIN, before "
                            + "ext4_generic_write_checks: EPERM"),
            row(
                    "immutable-file-open-before-takes-plain-write",
                    XFS,
                    RELEASES,
                    after(IMMUTABLE),
                    PLAIN,
                    ANY + ", any part",
                    "EPERM",
                    "fs/xfs/xfs_file.c, xfs_file_write_checks: does not look; EPERM from a kernel that does"),
            row(
                    "plain-nowait-may-stop-early",
                    XFS,
                    RELEASES,
                    after(),
                    PLAIN.with(NOWAIT),
                    ANY,
                    "EAGAIN",
                    "fs/xfs/xfs_file.c, xfs_file_write_checks; fs/iomap/direct-io.c, iomap_dio_rw: EAGAIN"),
            row(
                    "plain-nowait-may-stop-early",
                    EXT4,
                    RELEASES,
                    after(),
                    BUFFERED.with(NOWAIT),
                    ANY,
                    "EAGAIN, EOPNOTSUPP",
                    "fs/ext4/file.c, ext4_buffered_write_iter: EOPNOTSUPP"),
            row(
                    "plain-write-behind-size-limit",
                    EXT4,
                    RELEASES,
                    after(new LimitFileSize(0)),
                    PLAIN.at(256),
                    "EFBIG, EINVAL",
                    "EFBIG",
                    "fs/ext4/file.c, ext4_dio_write_checks: generic_write_checks comes first"),
            row(
                    "plain-write-behind-size-limit",
                    XFS,
                    RELEASES,
                    after(new LimitFileSize(0)),
                    PLAIN.at(256),
                    "EFBIG, EINVAL",
                    "EINVAL",
                    "fs/xfs/xfs_file.c, xfs_file_dio_write: looks at place and length first"),
            row(
                    "misaligned-direct-write-may-be-refused",
                    EXT4,
                    List.of("6.12.117", "6.18.15", "7.3.4"),
                    after(),
                    PLAIN.at(256).sized(512),
                    "EINVAL, or done",
                    "EINVAL",
                    "fs/ext4/inode.c, ext4_dio_alignment: 1, so iomap_dio_bio_iter: EINVAL"),
            row(
                    "misaligned-direct-write-may-be-refused",
                    EXT4,
                    List.of("6.16.12"),
                    after(),
                    PLAIN.at(256).sized(512),
                    SAME,
                    "EINVAL, or done",
                    "done through the page cache: fs/iomap/iter.c, iomap_iter since bc264fea0f6f (6.15) returns ENOTBLK of "
                            + "ext4_iomap_end instead of EINVAL; not narrower: the fix, in 6.18, may have been taken over"),
            row(
                    "misaligned-direct-write-may-be-refused",
                    EXT4,
                    RELEASES,
                    after(JOURNALLED),
                    PLAIN.at(256).sized(512),
                    SAME,
                    "EINVAL, or done",
                    "ext4_dio_alignment: 0, so ext4_dio_write_iter sends it to the page cache"),
            row(
                    "misaligned-direct-write-may-be-refused",
                    EXT4,
                    RELEASES,
                    after(PLAIN, LOAD),
                    PLAIN.at(256).sized(512),
                    SAME,
                    "EINVAL, or done",
                    "__iomap_dio_rw: ENOTBLK if a page can't be dropped, so ext4_dio_write_iter sends it to the page cache"),
            row(
                    "misaligned-direct-write-may-be-refused",
                    XFS,
                    RELEASES,
                    after(),
                    PLAIN.at(256).sized(512),
                    "EINVAL, or done",
                    "EINVAL",
                    "fs/xfs/xfs_file.c, xfs_file_dio_write"),
            row(
                    "misaligned-direct-write-may-be-refused",
                    XFS,
                    RELEASES,
                    after(),
                    PLAIN.with(new Buffer(1, 0)),
                    SAME,
                    "EINVAL, or done",
                    "not narrower: done where the block is shared and less than a block is written, so through the page "
                            + "cache (xfs_file_dio_write_unaligned), or where memory lies in one page (6.18 to 7.1)"),
            row(
                    "misaligned-direct-write-may-be-refused",
                    DEVICE,
                    RELEASES,
                    after(),
                    PLAIN.at(256).sized(512),
                    SAME,
                    "EINVAL, or done",
                    "not narrower: block/fops.c, blkdev_direct_write sends it to the page cache if a page can't be dropped, "
                            + "and what a device's page cache holds when a trace begins is not known"),
            row(
                    "read-flags-may-be-refused",
                    EXT4,
                    List.of("6.16.12"),
                    after(PLAIN),
                    new Read(RwFlags.of(RwFlag.DONTCACHE), Access.BUFFERED, Subject.FILE, 0, B),
                    ANY + ", any part",
                    "EOPNOTSUPP",
                    "include/linux/fs.h, kiocb_set_rw_flags"),
            row(
                    "read-flags-may-be-refused",
                    XFS,
                    RELEASES,
                    after(PLAIN),
                    new Read(NOWAIT, Access.BUFFERED, Subject.FILE, 0, B),
                    ANY,
                    "EAGAIN, EOPNOTSUPP",
                    "mm/filemap.c, filemap_read: EAGAIN; kiocb_set_rw_flags: EOPNOTSUPP without FMODE_NOWAIT"),
            row(
                    "direct-read-past-largest-file",
                    EXT4,
                    RELEASES,
                    after(new Truncate(EXT4.largestFile())),
                    Read.plain(Access.DIRECT, EXT4.largestFile() - B, 2 * B),
                    ANY,
                    "EINVAL",
                    "fs/ext4/inode.c, ext4_iomap_begin: past EXT4_MAX_LOGICAL_BLOCK"),
            row(
                    "misaligned-direct-read-may-be-refused",
                    EXT4,
                    RELEASES,
                    after(PLAIN),
                    Read.plain(Access.DIRECT, 0, 520),
                    SAME,
                    "EINVAL",
                    "not narrower: a hole is read without a look at alignment (iomap_dio_hole_iter), journalled data through "
                            + "the page cache"),
            row(
                    "device-fallocate-zeros-or-nothing",
                    DEVICE,
                    RELEASES,
                    after(),
                    new Fallocate(Fallocate.Mode.PUNCH_HOLE, 0, B),
                    ANY,
                    "EINVAL, EOPNOTSUPP",
                    "block/fops.c, blkdev_fallocate"),
            row(
                    "fallocate-may-lack-space",
                    EXT4,
                    RELEASES,
                    after(FULL),
                    new Fallocate(Fallocate.Mode.ALLOCATE, 0, B),
                    SAME,
                    "ENOSPC",
                    "fallocate(2)"),
            row(
                    "insert-behind-size-limit",
                    XFS,
                    RELEASES,
                    after(Write.plain(Access.DIRECT, 0, 2 * B), new LimitFileSize(2 * B)),
                    new Fallocate(Fallocate.Mode.INSERT_RANGE, 0, B),
                    "EFBIG, or done",
                    "EFBIG",
                    "fs/xfs/xfs_file.c, xfs_falloc_insert_range: sets the size first, as truncate does"),
            row(
                    "insert-behind-size-limit",
                    EXT4,
                    RELEASES,
                    after(Write.plain(Access.DIRECT, 0, 2 * B), new LimitFileSize(2 * B)),
                    new Fallocate(Fallocate.Mode.INSERT_RANGE, 0, B),
                    SAME,
                    "EFBIG, or done",
                    "not narrower: fs/ext4/extents.c, ext4_insert_range does not look, but one that did would have "
                            + "setrlimit(2) on its side"),
            row(
                    "clone-unsupported",
                    EXT4,
                    RELEASES,
                    after(PLAIN),
                    CloneRange.within(0, B, B),
                    ANY,
                    "EOPNOTSUPP",
                    "fs/remap_range.c, vfs_clone_file_range: no remap_file_range"),
            row(
                    "clone-unsupported",
                    DEVICE,
                    RELEASES,
                    after(),
                    CloneRange.within(0, B, B),
                    ANY,
                    "EINVAL",
                    "fs/remap_range.c, vfs_clone_file_range: no regular file"),
            row(
                    "clone-must-fit",
                    XFS,
                    RELEASES,
                    after(PLAIN),
                    CloneRange.within(0, 8, B),
                    ANY,
                    "EINVAL",
                    "fs/remap_range.c, generic_remap_checks"),
            row(
                    "clone-must-fit",
                    XFS,
                    RELEASES,
                    after(PLAIN, new LimitFileSize(B)),
                    CloneRange.within(0, B, B),
                    ANY,
                    "EFBIG, EINVAL",
                    "fs/read_write.c, generic_write_check_limits: EFBIG"),
            row(
                    "clone-may-lack-space",
                    XFS,
                    RELEASES,
                    after(PLAIN, FULL),
                    CloneRange.within(0, B, B),
                    SAME,
                    "EINVAL, ENOSPC",
                    "fs/ioctl.c, ioctl_file_clone: EINVAL where less was cloned than asked"),
            row(
                    "truncate-may-lack-space",
                    XFS,
                    RELEASES,
                    after(PLAIN, FULL),
                    new Truncate(8),
                    SAME,
                    "ENOSPC",
                    "fs/xfs/xfs_iops.c, xfs_setattr_size"),
            row(
                    "immutable-file-open-before-may-be-truncated",
                    XFS,
                    RELEASES,
                    after(PLAIN, IMMUTABLE),
                    new Truncate(8),
                    ANY,
                    "EPERM",
                    "fs/xfs/xfs_iops.c, xfs_vn_setattr: does not look; EPERM from a kernel that does"),
            row(
                    "immutable-file-may-take-store",
                    XFS,
                    RELEASES,
                    after(PLAIN, IMMUTABLE),
                    new MapStore(0, 8),
                    ANY,
                    "EPERM, EFAULT",
                    "fs/xfs/xfs_file.c, xfs_write_fault: does not look; EPERM or EFAULT from a kernel that does"),
            row(
                    "hints-are-not-for-every-file-system",
                    EXT4,
                    RELEASES,
                    after(),
                    new HintExtentSize(B),
                    ANY,
                    "EINVAL, EOPNOTSUPP",
                    "fs/ext4/ioctl.c, ext4_fileattr_set: ignores it; else as a hint that is not valid or not known"),
            row(
                    "extent-size-hint-before-extents",
                    XFS,
                    RELEASES,
                    after(),
                    new HintExtentSize(B),
                    SAME,
                    "EINVAL",
                    "not narrower: whether the file ever had extents is in no history (xfs_ioctl_setattr_check_extsize)"),
            row(
                    "device-takes-no-hints",
                    DEVICE,
                    RELEASES,
                    after(),
                    new HintExtentSize(B),
                    ANY,
                    "EINVAL, ENOTTY, EOPNOTSUPP",
                    "fs/file_attr.c, ioctl_fsgetxattr: ENOTTY or EOPNOTSUPP; drivers/scsi/scsi_ioctl.c: EINVAL"),
            row(
                    "device-has-no-attributes",
                    DEVICE,
                    RELEASES,
                    after(),
                    IMMUTABLE,
                    ANY,
                    "EINVAL, ENOTTY, EOPNOTSUPP",
                    "fs/file_attr.c, ioctl_getflags: ENOTTY or EOPNOTSUPP; drivers/scsi/scsi_ioctl.c: EINVAL"),
            row(
                    "device-has-no-extents",
                    DEVICE,
                    RELEASES,
                    after(),
                    new MapExtents(),
                    ANY,
                    "EOPNOTSUPP",
                    "fs/ioctl.c, ioctl_fiemap"));

    private static PermitRow row(
            String rule,
            Target target,
            List<String> releases,
            List<Operation> before,
            Operation operation,
            String once,
            String now,
            String why) {
        return new PermitRow(rule, target, releases, before, operation, once, now, why);
    }

    private static List<Operation> after(Operation... operations) {
        return List.of(operations);
    }

    /** Return the errors that the row says are permitted, in the order of their numbers. */
    List<Errno> permitted() {
        return Arrays.stream(now.replace("none", "").replace(", or done", "").split(", "))
                .filter(name -> !name.isEmpty())
                .map(name -> Errno.named(name).orElseThrow())
                .sorted((first, second) -> Integer.compare(first.number(), second.number()))
                .toList();
    }

    /** Return the errors that a decision permits. */
    List<Errno> errors(Specification.Decision decision) {
        return PROBED.stream()
                .filter(errno -> decision.expectation().permits().stream()
                        .anyMatch(
                                permit -> permit.next(new Outcome.Failed(errno)).isPresent()))
                .toList();
    }

    /** Return what decides on a release. */
    Specification.Decision decision(String release) {
        Environment environment = Histories.environment(release, target);
        return decision(Specifications.linux(environment.kernel(), target.kind()), release);
    }

    /** Return what decides by a specification, after all before went right. */
    Specification.Decision decision(Specification specification, String release) {
        Environment environment = Histories.environment(release, target);
        FileState state = FileState.pristine(environment);
        PageCaches cached = PageCaching.atStart(target);
        for (int at = 0; at < before.size(); at++) {
            Situation met = new Situation(target, environment, state, cached, at);
            Permit right = specification.decide(before.get(at), met).expectation().permits().stream()
                    .filter(permit -> permit instanceof Expectation.Exactly)
                    .findFirst()
                    .orElseThrow();
            Expectation.Exactly exactly = (Expectation.Exactly) right;
            cached = PageCaching.after(new Step(before.get(at), at, at, exactly.outcome()), met);
            state = exactly.next();
        }
        return specification.decide(operation, new Situation(target, environment, state, cached, before.size()));
    }

    /** Return all rows as a table of a page. */
    static String table() {
        return "| rule | where | kernels | asked | after | errors permitted once | now | source, or why not narrower |\n"
                + "|---|---|---|---|---|---|---|---|\n"
                + ALL.stream().map(PermitRow::line).collect(Collectors.joining("\n"))
                + "\n";
    }

    private String line() {
        String first = before.isEmpty()
                ? "nothing"
                : before.stream().map(Operation::toString).collect(Collectors.joining("; "));
        return "| `" + rule + "` | " + target.name() + " | " + String.join(", ", releases) + " | " + operation + " | "
                + first + " | " + (once.isEmpty() ? "the same" : once) + " | " + now + " | " + why + " |";
    }
}
