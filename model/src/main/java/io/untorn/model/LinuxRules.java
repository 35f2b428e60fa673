package io.untorn.model;

import static io.untorn.model.Expectation.allowed;
import static io.untorn.model.Expectation.anyOf;
import static io.untorn.model.Expectation.notable;
import static io.untorn.model.Expectation.required;
import static io.untorn.model.Rule.aboutData;
import static io.untorn.model.Rule.answering;
import static io.untorn.model.Rule.inspecting;
import static io.untorn.model.Scope.EVERYWHERE;
import static io.untorn.model.Scope.Support.ABSENT;
import static io.untorn.model.Scope.Support.MORE_THAN_ONE_LENGTH;
import static io.untorn.model.Scope.Support.PRESENT;
import static io.untorn.model.TargetKind.BLOCK_DEVICE;
import static io.untorn.model.TargetKind.EXT4;
import static io.untorn.model.TargetKind.XFS;

import io.untorn.model.Expectation.Permit;
import io.untorn.model.Operation.Allocate;
import io.untorn.model.Operation.CloneRange;
import io.untorn.model.Operation.Fsync;
import io.untorn.model.Operation.PunchHole;
import io.untorn.model.Operation.Read;
import io.untorn.model.Operation.Statx;
import io.untorn.model.Operation.Truncate;
import io.untorn.model.Operation.Write;
import io.untorn.model.Outcome.Failed;
import io.untorn.model.Outcome.ReadBack;
import io.untorn.model.Outcome.Returned;
import io.untorn.model.Outcome.Told;
import io.untorn.model.Rule.Answer;
import io.untorn.model.Rule.Condition;
import io.untorn.model.Rule.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What mainline Linux does with atomic writes and with what stands between them, 6.1 to 7.3. The order of the rules is
 * the kernel's own order of checks: it decides which errno wins.
 */
final class LinuxRules {
    private static final Scope ATOMIC = EVERYWHERE.since(6, 11).where(PRESENT);
    private static final int MAX_PIECES = 8;
    private static final Outcome DONE = new Returned(0);

    private LinuxRules() {}

    /** Return all rules, of every version and target, in the order of the kernel's checks. */
    static List<Rule> all() {
        return Stream.of(writes(), reads(), sizesAndBlocks(), limits(), promises())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Rule> writes() {
        return List.of(
                answering(
                        "zero-length-returns-zero",
                        "A write of no bytes returns 0, whatever else is wrong with the request.",
                        EVERYWHERE,
                        write((write, on) -> write.length() == 0, (write, on) -> required(DONE, on.state())),
                        "kernel fs/read_write.c, do_iter_write (6.1) and vfs_writev (6.12 to 7.3)"),
                answering(
                        "flag-unknown-before-6.11",
                        "A kernel that does not know RWF_ATOMIC refuses it with EOPNOTSUPP.",
                        EVERYWHERE.before(6, 11),
                        refusing(Errno.EOPNOTSUPP, (write, on) -> write.atomic()),
                        "pwritev2(2), ERRORS, EOPNOTSUPP",
                        "kernel include/linux/fs.h, kiocb_set_rw_flags (6.1)"),
                answering(
                        "file-must-support-atomic",
                        "An atomic write to a file that can't take any fails with EOPNOTSUPP, whatever its place.",
                        EVERYWHERE.since(6, 11).where(ABSENT),
                        refusing(
                                Errno.EOPNOTSUPP,
                                (write, on) -> write.atomic() && !on.limits().supported()),
                        "kernel include/linux/fs.h, kiocb_set_rw_flags: FMODE_CAN_ATOMIC_WRITE (6.12 to 7.3)"),
                answering(
                        "device-write-beyond-end",
                        "A write that begins at or behind the end of a block device fails with ENOSPC.",
                        EVERYWHERE.on(BLOCK_DEVICE),
                        refusing(Errno.ENOSPC, (write, on) -> write.offset() >= on.size()),
                        "write(2), ERRORS, ENOSPC",
                        "kernel block/fops.c, blkdev_write_iter (6.1 to 7.3)"),
                answering(
                        "length-within-file-limits",
                        "The length of an atomic write to a file is at least unit_min and at most unit_max.",
                        ATOMIC.on(EXT4, XFS).since(6, 13),
                        refusing(Errno.EINVAL, LinuxRules::isOutsideLimits),
                        "pwritev2(2), RWF_ATOMIC",
                        "statx(2), stx_atomic_write_unit_min",
                        "kernel fs/ext4/file.c, ext4_file_write_iter; fs/xfs/xfs_file.c, xfs_file_write_iter (6.13 to 7.3)"),
                answering(
                        "one-segment",
                        "An atomic write has one segment.",
                        ATOMIC,
                        refusing(Errno.EINVAL, (write, on) -> write.atomic() && write.segments() > 1),
                        "pwritev2(2), RWF_ATOMIC",
                        "statx(2), stx_atomic_write_segments_max",
                        "kernel fs/read_write.c, generic_atomic_write_valid (6.12 to 7.3)"),
                answering(
                        "length-power-of-two",
                        "The length of an atomic write is a power of two.",
                        ATOMIC.where(MORE_THAN_ONE_LENGTH),
                        refusing(Errno.EINVAL, (write, on) -> write.atomic() && Integer.bitCount(write.length()) != 1),
                        "pwritev2(2), RWF_ATOMIC",
                        "kernel fs/read_write.c, generic_atomic_write_valid (6.12 to 7.3)"),
                answering(
                        "offset-naturally-aligned",
                        "The offset of an atomic write is a multiple of its length.",
                        ATOMIC,
                        refusing(Errno.EINVAL, (write, on) -> write.atomic() && write.offset() % write.length() != 0),
                        "pwritev2(2), RWF_ATOMIC",
                        "kernel fs/read_write.c, generic_atomic_write_valid (6.12 to 7.3)"),
                answering(
                        "direct-io-only",
                        "A well-formed atomic write without O_DIRECT fails with EOPNOTSUPP.",
                        ATOMIC,
                        refusing(Errno.EOPNOTSUPP, (write, on) -> write.atomic() && write.access() == Access.BUFFERED),
                        "pwritev2(2), RWF_ATOMIC: requires O_DIRECT",
                        "kernel fs/read_write.c, generic_atomic_write_valid (6.12 to 7.3)"),
                answering(
                        "device-atomic-write-within-end",
                        "An atomic write that crosses the end of a block device fails with EINVAL; it is never cut.",
                        ATOMIC.on(BLOCK_DEVICE),
                        refusing(Errno.EINVAL, (write, on) -> write.atomic() && write.end() > on.size()),
                        "kernel block/fops.c, blkdev_write_iter (6.13 to 7.3; in 6.12.y from early on)"),
                answering(
                        "length-within-device-limits",
                        "The length of an atomic write to a block device is at least unit_min and at most unit_max.",
                        ATOMIC.on(BLOCK_DEVICE),
                        refusing(Errno.EINVAL, LinuxRules::isOutsideLimits),
                        "pwritev2(2), RWF_ATOMIC",
                        "kernel block/fops.c, blkdev_dio_invalid; block/blk-core.c, blk_validate_atomic_write_op_size "
                                + "(6.12 to 7.3)"),
                answering(
                        "atomic-write-returns-its-length",
                        "A legal atomic write to a block device returns its length: never less, never an error.",
                        ATOMIC.on(BLOCK_DEVICE),
                        write((write, on) -> write.atomic(), (write, on) -> on.stored(write)),
                        "pwritev2(2), RWF_ATOMIC",
                        "kernel block/fops.c, blkdev_write_iter (6.12 to 7.3)"),
                answering(
                        "atomic-file-write-returns-its-length",
                        "A legal atomic write to a file returns its length, wherever in the file it lies; EAGAIN asks "
                                + "to try again when cached pages could not be dropped.",
                        ATOMIC.on(EXT4, XFS).since(6, 13),
                        write(
                                (write, on) -> write.atomic(),
                                (write, on) -> anyOf(
                                        allowed(new Returned(write.length()), on.stateAfter(write)),
                                        notable(new Failed(Errno.EAGAIN), on.state()))),
                        "pwritev2(2), RWF_ATOMIC",
                        "kernel Documentation/filesystems/ext4/atomic_writes.rst (6.16 to 7.3)",
                        "kernel fs/iomap/direct-io.c, __iomap_dio_rw (6.13 to 7.3)"),
                answering(
                        "misaligned-direct-write-may-be-refused",
                        "A plain direct write that is no multiple of the logical block, whole or in a segment, may "
                                + "fail with EINVAL; what of its whole blocks is then in place is not said.",
                        EVERYWHERE,
                        write(LinuxRules::isMisalignedDirect, LinuxRules::refusedOrStored),
                        "open(2), NOTES, O_DIRECT",
                        "statx(2), stx_dio_offset_align",
                        "kernel fs/iomap/direct-io.c, iomap_dio_bio_iter: looks at one extent at a time (6.1 to 7.3)"),
                answering(
                        "device-plain-write-cut-at-end",
                        "A plain write that crosses the end of a block device stores what lies before the end.",
                        EVERYWHERE.on(BLOCK_DEVICE),
                        write((write, on) -> write.end() > on.size(), LinuxRules::storedInside),
                        "write(2), RETURN VALUE",
                        "kernel block/fops.c, blkdev_write_iter (6.1 to 7.3)"),
                answering(
                        "plain-write-returns-its-length",
                        "A plain write returns its length; beyond the end of a file it makes the file longer.",
                        EVERYWHERE,
                        write((write, on) -> true, LinuxRules::storedInside),
                        "write(2), RETURN VALUE"));
    }

    private static List<Rule> reads() {
        return List.of(
                answering(
                        "misaligned-direct-read-may-be-refused",
                        "A direct read that is no multiple of the logical block may fail with EINVAL.",
                        EVERYWHERE,
                        read(
                                (read, on) -> read.access() == Access.DIRECT
                                        && !on.isDirectAligned(read.offset(), read.length()),
                                (read, on) -> anyOf(
                                        allowed(new Failed(Errno.EINVAL), on.state()),
                                        allowed(dataOf(read, on), on.state()))),
                        "open(2), NOTES, O_DIRECT"),
                answering(
                        "read-returns-what-is-there",
                        "A read returns as many bytes as lie before the end of the target.",
                        EVERYWHERE,
                        read((read, on) -> true, (read, on) -> required(dataOf(read, on), on.state())),
                        "read(2), RETURN VALUE"));
    }

    private static List<Rule> sizesAndBlocks() {
        return List.of(
                answering(
                        "device-has-no-truncate",
                        "A block device can't be truncated: EINVAL.",
                        EVERYWHERE.on(BLOCK_DEVICE),
                        truncate((truncate, on) -> on.refusal(Errno.EINVAL)),
                        "truncate(2), ERRORS, EINVAL"),
                answering(
                        "truncate-sets-size",
                        "Truncating a file sets its size; what is new reads as zeros.",
                        EVERYWHERE.on(EXT4, XFS),
                        truncate((truncate, on) -> required(DONE, on.state().resized(truncate.size()))),
                        "truncate(2), DESCRIPTION"),
                answering(
                        "fsync-succeeds",
                        "fsync of a healthy target returns 0.",
                        EVERYWHERE,
                        new Answer<>(Fsync.class, (fsync, on) -> true, (fsync, on) -> required(DONE, on.state())),
                        "fsync(2), RETURN VALUE"),
                answering(
                        "statx-tells-size-and-limits",
                        "statx tells the target's size, and the limits that it told at the start.",
                        EVERYWHERE,
                        new Answer<>(
                                Statx.class,
                                (statx, on) -> true,
                                (statx, on) -> required(new Told(on.size(), on.limits()), on.state())),
                        "statx(2), stx_size, stx_atomic_write_unit_min, stx_atomic_write_unit_max"),
                answering(
                        "fallocate-needs-length",
                        "fallocate of no bytes fails with EINVAL.",
                        EVERYWHERE.on(EXT4, XFS),
                        new Answer<>(
                                Allocate.class,
                                (allocate, on) -> allocate.length() == 0,
                                (allocate, on) -> on.refusal(Errno.EINVAL)),
                        "fallocate(2), ERRORS, EINVAL"),
                answering(
                        "allocate-keeps-data",
                        "Allocating changes no data; where the range ends beyond the file, the file grows.",
                        EVERYWHERE.on(EXT4, XFS),
                        new Answer<>(
                                Allocate.class,
                                (allocate, on) -> true,
                                (allocate, on) ->
                                        required(DONE, on.state().grownTo(allocate.offset() + allocate.length()))),
                        "fallocate(2), Allocating disk space"),
                answering(
                        "device-allocate-changes-nothing",
                        "Nobody says what allocating on a block device comes to, but it changes no data.",
                        EVERYWHERE.on(BLOCK_DEVICE),
                        new Answer<>(
                                Allocate.class,
                                (allocate, on) -> true,
                                (allocate, on) -> anyOf(
                                        allowed(new Failed(Errno.EOPNOTSUPP), on.state()),
                                        allowed(new Failed(Errno.EINVAL), on.state()),
                                        allowed(DONE, on.state()))),
                        "kernel block/fops.c, blkdev_fallocate (6.1 to 7.3)"),
                answering(
                        "punch-needs-length",
                        "Punching a hole of no bytes fails with EINVAL.",
                        EVERYWHERE.on(EXT4, XFS),
                        new Answer<>(
                                PunchHole.class,
                                (punch, on) -> punch.length() == 0,
                                (punch, on) -> on.refusal(Errno.EINVAL)),
                        "fallocate(2), ERRORS, EINVAL"),
                answering(
                        "punch-makes-zeros",
                        "A punched range reads as zeros; the size stays.",
                        EVERYWHERE.on(EXT4, XFS),
                        new Answer<>(
                                PunchHole.class,
                                (punch, on) -> true,
                                (punch, on) -> required(DONE, on.state().zeroed(punch.offset(), punch.length()))),
                        "fallocate(2), Deallocating file space"),
                answering(
                        "device-punch-makes-zeros-or-nothing",
                        "A block device may refuse to punch; where it does not, the range reads as zeros.",
                        EVERYWHERE.on(BLOCK_DEVICE),
                        new Answer<>(
                                PunchHole.class,
                                (punch, on) -> true,
                                (punch, on) -> anyOf(
                                        allowed(new Failed(Errno.EOPNOTSUPP), on.state()),
                                        allowed(new Failed(Errno.EINVAL), on.state()),
                                        allowed(DONE, on.state().zeroed(punch.offset(), punch.length())))),
                        "kernel block/fops.c, blkdev_fallocate (6.1 to 7.3)"),
                answering(
                        "clone-unsupported",
                        "A target that can't share blocks refuses to clone and changes nothing.",
                        EVERYWHERE.on(BLOCK_DEVICE, EXT4),
                        new Answer<>(CloneRange.class, (clone, on) -> true, (clone, on) -> anyOf(cloneRefusals(on))),
                        "ioctl_ficlonerange(2), ERRORS"),
                answering(
                        "clone-must-fit",
                        "A clone that is not in whole blocks, overlaps itself or reaches behind the end may be "
                                + "refused.",
                        EVERYWHERE.on(XFS),
                        new Answer<>(
                                CloneRange.class,
                                LinuxRules::isMisfit,
                                (clone, on) -> anyOf(Stream.concat(
                                                Stream.of(cloneRefusals(on)),
                                                clone.source() + clone.length() <= on.size()
                                                        ? Stream.of(allowed(DONE, cloned(clone, on)))
                                                        : Stream.empty())
                                        .toArray(Permit[]::new))),
                        "ioctl_ficlonerange(2), ERRORS, EINVAL",
                        "kernel fs/remap_range.c, generic_remap_checks (6.1 to 7.3)"),
                answering(
                        "clone-shares-data",
                        "A cloned range reads as its source did.",
                        EVERYWHERE.on(XFS),
                        new Answer<>(
                                CloneRange.class,
                                (clone, on) -> true,
                                (clone, on) -> required(DONE, cloned(clone, on))),
                        "ioctl_ficlonerange(2), DESCRIPTION"));
    }

    private static List<Rule> limits() {
        return List.of(
                inspecting(
                        "no-limits-without-support",
                        "A kernel that can't write atomically there tells no limits.",
                        EVERYWHERE.before(6, 11),
                        LimitRules::none,
                        "statx(2), STATX_WRITE_ATOMIC (since Linux 6.11)"),
                inspecting(
                        "no-file-limits-before-6.13",
                        "No file system takes atomic writes before 6.13.",
                        EVERYWHERE.since(6, 11).before(6, 13).on(EXT4, XFS),
                        LimitRules::none,
                        "kernel fs/ext4/super.c and fs/xfs/xfs_iops.c (6.12: no atomic write limits)"),
                inspecting(
                        "queue-limits-follow-disk",
                        "The request queue tells what the disk promises, as far as one request can carry it.",
                        EVERYWHERE.since(6, 11).on(BLOCK_DEVICE),
                        LimitRules::queueFollowsDisk,
                        "SBC-4, Block Limits VPD page (B0h)",
                        "kernel drivers/scsi/sd.c, sd_config_atomic; block/blk-settings.c, "
                                + "blk_validate_atomic_write_limits, blk_atomic_writes_update_limits (6.12 to 7.3)",
                        "kernel Documentation/ABI/stable/sysfs-block, atomic_write_unit_min_bytes"),
                inspecting(
                        "statx-agrees-with-queue",
                        "statx of a block device tells the limits of its request queue.",
                        EVERYWHERE.since(6, 11).on(BLOCK_DEVICE),
                        LimitRules::statxFollows,
                        "statx(2), stx_atomic_write_unit_min",
                        "kernel block/bdev.c, bdev_statx (6.12 to 7.3)"),
                inspecting(
                        "statx-masks-tell-who-answers",
                        "statx sets the mask bits of a device that can write atomically, and of every regular file of "
                                + "a file system that could.",
                        EVERYWHERE.since(6, 11),
                        LimitRules::masks,
                        "statx(2), stx_mask, stx_attributes_mask",
                        "kernel fs/stat.c, generic_fill_statx_atomic_writes; block/bdev.c, bdev_statx (6.12 to 7.3); "
                                + "fs/ext4/inode.c, ext4_getattr; fs/xfs/xfs_iops.c, xfs_vn_getattr (6.13 to 7.3)"),
                inspecting(
                        "limits-in-order",
                        "Where limits are told they are powers of two, the smallest first, for one segment, with the "
                                + "attribute set.",
                        ATOMIC,
                        LimitRules::inOrder,
                        "statx(2), stx_atomic_write_unit_min, stx_atomic_write_unit_max, STATX_ATTR_WRITE_ATOMIC",
                        "kernel fs/stat.c, generic_fill_statx_atomic_writes (6.12 to 7.3)"),
                inspecting(
                        "ext4-single-block-limits",
                        "ext4 takes one block, where the disk does, whatever its clusters are.",
                        EVERYWHERE.since(6, 13).before(6, 16).on(EXT4),
                        LimitRules::statxFollows,
                        "kernel fs/ext4/super.c, ext4_fill_super (6.13 to 6.15)"),
                inspecting(
                        "ext4-limits",
                        "ext4 takes from one block up to one cluster, as far as the disk does; without bigalloc a "
                                + "cluster is a block.",
                        EVERYWHERE.since(6, 16).on(EXT4),
                        LimitRules::statxFollows,
                        "kernel Documentation/filesystems/ext4/atomic_writes.rst (6.16 to 7.3)",
                        "kernel fs/ext4/super.c, ext4_atomic_write_init (6.16 to 7.3)"),
                inspecting(
                        "xfs-single-block-limits",
                        "XFS takes one block, where the disk does.",
                        EVERYWHERE.since(6, 13).before(6, 16).on(XFS),
                        LimitRules::statxFollows,
                        "kernel fs/xfs/xfs_iops.c, xfs_get_atomic_write_attr (6.13 to 6.15)"),
                inspecting(
                        "xfs-limits",
                        "XFS with reflink takes from one block up to what a group and a transaction of its log hold, "
                                + "on any disk; what the disk does by itself is the optimum.",
                        EVERYWHERE.since(6, 16).on(XFS),
                        LimitRules::statxFollows,
                        "kernel fs/xfs/xfs_iops.c, xfs_get_atomic_write_min, xfs_get_atomic_write_max, "
                                + "xfs_get_atomic_write_max_opt (6.17 to 7.3)",
                        "kernel fs/xfs/xfs_mount.c, xfs_calc_atomic_write_unit_max (6.17 to 7.3)",
                        "kernel fs/xfs/libxfs/xfs_trans_resv.c, xfs_calc_max_atomic_write_fsblocks (7.3)"));
    }

    private static List<Rule> promises() {
        return List.of(
                inspecting(
                        "every-operation-is-answered",
                        "Every operation comes back.",
                        EVERYWHERE,
                        history -> history.steps().size()
                                        == history.trace().operations().size()
                                ? Rule.Seen.HOLDS
                                : new Rule.Seen.Broken(
                                        "answers to "
                                                + history.trace().operations().size() + " operations",
                                        "the kernel stopped after "
                                                + history.steps().size()),
                        "pwritev2(2), RETURN VALUE"),
                inspecting(
                        "no-splat",
                        "No operation makes the kernel complain.",
                        EVERYWHERE,
                        history -> Splat.first(history.console())
                                .<Rule.Seen>map(line -> new Rule.Seen.Broken("a quiet console", line))
                                .orElse(Rule.Seen.HOLDS),
                        "kernel Documentation/process/coding-style.rst, Do not crash the kernel",
                        "seed mail of 2023-12-04: the WARNING in ext4_mb_regular_allocator"),
                aboutData(
                        "refused-write-changes-nothing",
                        "A write that fails leaves the data as it was.",
                        EVERYWHERE,
                        DataFault.REFUSED_BUT_WRITTEN,
                        "pwritev2(2), RWF_ATOMIC: all or none"),
                aboutData(
                        "data-at-its-place",
                        "Data is where its operation put it.",
                        EVERYWHERE,
                        DataFault.MISPLACED,
                        "pwritev2(2), DESCRIPTION"),
                aboutData(
                        "atomic-write-all-or-none",
                        "Of an atomic write all bytes are there, or none.",
                        ATOMIC,
                        DataFault.TORN,
                        "pwritev2(2), RWF_ATOMIC: all or none"),
                aboutData(
                        "data-is-what-was-written-last",
                        "Every byte is what was written there last, and zero where nothing was.",
                        EVERYWHERE,
                        DataFault.WRONG,
                        "write(2), NOTES",
                        "pread(2), DESCRIPTION"));
    }

    private static boolean isOutsideLimits(Write write, Situation on) {
        return write.atomic()
                && (write.length() < on.limits().unitMin()
                        || write.length() > on.limits().unitMax());
    }

    private static boolean isMisalignedDirect(Write write, Situation on) {
        return write.access() == Access.DIRECT
                && (!on.isDirectAligned(write.offset(), lengthInside(write, on))
                        || write.segmentLengths().stream().anyMatch(length -> !on.isDirectAligned(0, length)));
    }

    /**
     * A file system may have written pieces of the request, one extent each, before it met the one that it refuses: any
     * of the pieces may be in place, as far as they lie inside the file.
     */
    private static Expectation refusedOrStored(Write write, Situation on) {
        List<FileState> after = new ArrayList<>(List.of(on.state()));
        for (Operation.Range piece :
                on.target().kind().isFile() ? piecesInside(write, on) : List.<Operation.Range>of()) {
            for (FileState without : List.copyOf(after)) {
                after.add(without.written(piece.offset(), piece.end() - piece.offset(), on.index()));
            }
        }
        List<Permit> permits = new ArrayList<>();
        permits.add(allowed(new Returned(lengthInside(write, on)), stateAfterInside(write, on)));
        after.forEach(state -> permits.add(allowed(new Failed(Errno.EINVAL), state)));
        return new Expectation(permits);
    }

    private static List<Operation.Range> piecesInside(Write write, Situation on) {
        List<Operation.Range> pieces = new ArrayList<>();
        int block = on.target().blockSize();
        long end = Math.min(write.end(), on.size());
        for (long from = write.offset(), to; from < end; from = to) {
            to = Math.min((from / block + 1) * block, end);
            if (on.isDirectAligned(from, to - from)) {
                pieces.add(new Operation.Range(from, to));
            }
        }
        if (pieces.size() > MAX_PIECES) {
            throw new IllegalStateException(
                    "the outcome of " + write + " is open in more ways than can be followed: make it shorter");
        }
        return pieces;
    }

    private static boolean isMisfit(CloneRange clone, Situation on) {
        long places = clone.source() | clone.destination() | clone.length();
        return places % on.target().blockSize() != 0
                || clone.source() + clone.length() > on.size()
                || Math.abs(clone.source() - clone.destination()) < clone.length();
    }

    private static long lengthInside(Write write, Situation on) {
        return on.target().kind().isFile() ? write.length() : Math.min(write.length(), on.size() - write.offset());
    }

    private static FileState stateAfterInside(Write write, Situation on) {
        return on.state().written(write.offset(), lengthInside(write, on), on.index());
    }

    private static Expectation storedInside(Write write, Situation on) {
        return required(new Returned(lengthInside(write, on)), stateAfterInside(write, on));
    }

    private static ReadBack dataOf(Read read, Situation on) {
        return new ReadBack(on.state().contents().slice(read.offset(), read.length()));
    }

    private static FileState cloned(CloneRange clone, Situation on) {
        return on.state().cloned(clone.source(), clone.destination(), clone.length());
    }

    private static Permit[] cloneRefusals(Situation on) {
        return new Permit[] {
            allowed(new Failed(Errno.EOPNOTSUPP), on.state()), allowed(new Failed(Errno.EINVAL), on.state())
        };
    }

    private static Answer<Write> write(Condition<Write> condition, Permission<Write> permission) {
        return new Answer<>(Write.class, condition, permission);
    }

    private static Answer<Write> refusing(Errno errno, Condition<Write> condition) {
        return write(condition, (write, on) -> on.refusal(errno));
    }

    private static Answer<Read> read(Condition<Read> condition, Permission<Read> permission) {
        return new Answer<>(Read.class, condition, permission);
    }

    private static Answer<Truncate> truncate(Permission<Truncate> permission) {
        return new Answer<>(Truncate.class, (truncate, on) -> true, permission);
    }
}
