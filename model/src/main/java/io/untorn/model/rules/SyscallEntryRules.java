package io.untorn.model.rules;

import static io.untorn.model.history.Outcome.DONE;
import static io.untorn.model.rule.Expectation.allowed;
import static io.untorn.model.rule.Expectation.required;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.EVERYWHERE;
import static io.untorn.model.rule.Scope.Support.ABSENT;
import static io.untorn.model.rules.WriteAnswers.refusing;
import static io.untorn.model.rules.WriteAnswers.write;
import static io.untorn.model.target.TargetKind.BLOCK_DEVICE;
import static io.untorn.model.target.TargetKind.EXT4;
import static io.untorn.model.target.TargetKind.XFS;

import io.untorn.model.history.Errno;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.Split;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Expectation;
import io.untorn.model.rule.Expectation.Permit;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Situation;
import io.untorn.model.target.Facility;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the kernel checks before the file's own code sees a write, in an order that its engine decides. */
final class SyscallEntryRules {
    private static final String FLAGS = "kernel include/linux/fs.h, kiocb_set_rw_flags";
    private static final String RING = "kernel io_uring/rw.c, ";
    private static final String AIO = "kernel fs/aio.c, aio_write";

    static final Rule OFFSET_NOT_NEGATIVE = answering(
            "offset-not-negative",
            "A write at an offset below -1 fails with EINVAL.",
            EVERYWHERE,
            refusing(Errno.EINVAL, (write, on) -> write.offset() == Write.NEGATIVE),
            "pwrite(2), ERRORS",
            "kernel fs/read_write.c, do_pwritev (6.1 to 7.3); rw_verify_area (6.1 to 7.1)");

    static final Rule LIBAIO_KNOWS_NO_POSITION = answering(
            "libaio-knows-no-position",
            "To libaio, -1 is a negative offset and not the position: EINVAL.",
            EVERYWHERE.needing(Facility.LIBAIO),
            refusing(Errno.EINVAL, (write, on) -> write.offset() == Write.AT_POSITION),
            "io_submit(2), aio_offset",
            AIO + ", which calls rw_verify_area (6.1 to 7.1)");

    static final Rule SEGMENTS_AT_MOST_1024 = answering(
            "segments-at-most-1024",
            "More than 1024 segments are refused with EINVAL.",
            EVERYWHERE.since(6, 8),
            refusing(Errno.EINVAL, (write, on) -> write.split() == Split.TOO_MANY),
            "writev(2), ERRORS, EINVAL",
            "kernel lib/iov_iter.c, iovec_from_user (6.1 to 7.3)");

    private static final Rule SEGMENTS_AT_MOST_1024_BEFORE_6_8 = SEGMENTS_AT_MOST_1024.within(EVERYWHERE.before(6, 8));

    private static final Rule REGISTERED_BUFFER_HOLDS_DATA = answering(
            "registered-buffer-holds-data",
            "A write of memory outside the registered buffer fails with EFAULT, whatever else is wrong.",
            EVERYWHERE.needing(Facility.IO_URING),
            refusing(
                    Errno.EFAULT,
                    (write, on) -> write.engine() == Engine.IO_URING_FIXED
                            && write.buffer().missing() > 0
                            && (write.length() > 0 || write.buffer().startOf(0) > 0)),
            "io_uring_enter(2), IORING_OP_WRITE_FIXED",
            "kernel io_uring/rsrc.c, io_import_fixed (6.1 to 7.1)");

    static final Rule OPENED_FOR_WRITING = answering(
            "opened-for-writing",
            "A write through a descriptor that was opened for reading only fails with EBADF.",
            EVERYWHERE,
            refusing(Errno.EBADF, (write, on) -> on.state().open().mode().readOnly()),
            "write(2), ERRORS, EBADF",
            "kernel fs/read_write.c, do_iter_write (6.1) and vfs_writev (6.12 to 7.3)");

    static final Rule ZERO_LENGTH_RETURNS_ZERO = answering(
            "zero-length-returns-zero",
            "A write of no bytes through pwritev2 returns 0, whatever else is wrong with flags, place and file.",
            EVERYWHERE,
            write((write, on) -> write.length() == 0, (write, on) -> required(DONE, on.state())),
            "kernel fs/read_write.c, do_iter_write (6.1) and vfs_writev (6.12 to 7.3)");

    static final Rule ATOMIC_UNKNOWN_BEFORE_6_11 = answering(
            "flag-unknown-before-6.11",
            "A kernel that does not know RWF_ATOMIC refuses it with EOPNOTSUPP.",
            EVERYWHERE.before(6, 11),
            refusing(Errno.EOPNOTSUPP, (write, on) -> write.atomic()),
            "pwritev2(2), ERRORS, EOPNOTSUPP",
            FLAGS + " (6.1)");

    static final Rule UNKNOWN_FLAG_REFUSED = answering(
            "unknown-flag-refused",
            "Any other flag that the kernel does not know is refused with EOPNOTSUPP.",
            EVERYWHERE,
            refusing(Errno.EOPNOTSUPP, WriteConditions::hasUnknownFlag),
            "pwritev2(2), ERRORS, EOPNOTSUPP",
            FLAGS + " (6.1 to 7.3)");

    static final Rule APPEND_OR_NOAPPEND = answering(
            "append-or-noappend",
            "RWF_APPEND and RWF_NOAPPEND together are refused with EINVAL.",
            EVERYWHERE.since(6, 9),
            refusing(
                    Errno.EINVAL,
                    (write, on) ->
                            write.flags().has(RwFlag.APPEND) && write.flags().has(RwFlag.NOAPPEND)),
            FLAGS + " (6.9 to 7.3)");

    static final Rule FILE_MUST_SUPPORT_ATOMIC = answering(
            "file-must-support-atomic",
            "An atomic write to a file that could take none when it was opened fails with EOPNOTSUPP, whatever its "
                    + "place.",
            EVERYWHERE.since(6, 11).where(ABSENT),
            refusing(
                    Errno.EOPNOTSUPP,
                    (write, on) -> write.atomic() && !on.state().open().atomicGranted()),
            FLAGS + ": FMODE_CAN_ATOMIC_WRITE (6.12 to 7.3)");

    static final Rule DONTCACHE_NOT_ON_DEVICES = answering(
            "dontcache-not-on-devices-before-7.3",
            "A block device refuses RWF_DONTCACHE with EOPNOTSUPP.",
            EVERYWHERE.since(6, 14).before(7, 3).on(BLOCK_DEVICE),
            refusing(Errno.EOPNOTSUPP, (write, on) -> write.flags().has(RwFlag.DONTCACHE)),
            FLAGS + "; block/fops.c, def_blk_fops (6.14 to 7.2)");

    static final Rule DONTCACHE_NOT_ON_EXT4 = answering(
            "dontcache-not-on-ext4-before-6.17",
            "ext4 refuses RWF_DONTCACHE with EOPNOTSUPP.",
            EVERYWHERE.since(6, 14).before(6, 17).on(EXT4),
            refusing(Errno.EOPNOTSUPP, (write, on) -> write.flags().has(RwFlag.DONTCACHE)),
            FLAGS + "; fs/ext4/file.c, ext4_file_operations (6.14 to 6.16)");

    private static final Rule HIPRI_NEEDS_POLLED_RING = answering(
            "hipri-needs-polled-ring",
            "RWF_HIPRI through a ring that was not made for polling fails with EINVAL.",
            EVERYWHERE.needing(Facility.IO_URING),
            refusing(Errno.EINVAL, (write, on) -> write.flags().has(RwFlag.HIPRI)),
            RING + "io_rw_init_file (6.1 to 7.1)");

    private static final Rule RING_BUFFERED_NOWAIT = answering(
                    "ring-buffered-nowait",
                    "A buffered write through io_uring with RWF_NOWAIT may be short, or fail; an atomic one, or one at "
                            + "a negative offset, fails. EAGAIN may replace any error that it would fail with.",
                    EVERYWHERE.needing(Facility.IO_URING),
                    write(
                            (write, on) -> write.access() == Access.BUFFERED
                                    && write.flags().has(RwFlag.NOWAIT),
                            SyscallEntryRules::anythingWithoutWaiting),
                    "preadv2(2), RWF_NOWAIT",
                    RING + "io_write: EAGAIN without FOP_BUFFER_WASYNC, and for EOPNOTSUPP (6.1 to 7.1)")
            .silent();

    private static final Rule DESCRIPTOR_MUST_BE_OPEN = Rule.unreachable(
            "descriptor-must-be-open",
            "A write through a descriptor that is not open fails with EBADF.",
            EVERYWHERE,
            "write(2), ERRORS, EBADF",
            "kernel fs/read_write.c, do_pwritev (6.1 to 7.3)");

    private static final Rule OFFSET_NEEDS_A_SEEKABLE_FILE = Rule.unreachable(
            "offset-needs-a-seekable-file",
            "A write at an offset to a pipe or a socket fails with ESPIPE.",
            EVERYWHERE,
            "pwrite(2), ERRORS, ESPIPE",
            "kernel fs/read_write.c, do_pwritev (6.1 to 7.3)");

    private static final Rule IOVEC_MUST_BE_READABLE = Rule.unreachable(
            "iovec-must-be-readable",
            "An iovec at a bad address fails with EFAULT; an element of negative length with EINVAL.",
            EVERYWHERE,
            "writev(2), ERRORS",
            "kernel lib/iov_iter.c, import_iovec (6.1 to 7.3)");

    private static final Rule PLACE_MUST_NOT_OVERFLOW = Rule.unreachable(
            "place-must-not-overflow",
            "A range that ends beyond the largest offset fails with EINVAL or EOVERFLOW.",
            EVERYWHERE,
            "kernel fs/read_write.c, rw_verify_area (6.1 to 7.3)");

    private static final Rule WORKERS_ARE_OF_THE_PROCESS = Rule.unreachable(
            "ring-workers-are-of-the-process",
            "A worker of io_uring writes with the limits of the process, and with the credentials of the task that "
                    + "submitted the write or of a registered personality.",
            EVERYWHERE,
            "io_uring_register(2), IORING_REGISTER_PERSONALITY",
            "kernel io_uring/io_uring.c, io_issue_sqe; kernel/fork.c, create_io_thread (6.1 to 7.1)");

    static final Rule NOAPPEND_ON_APPEND_ONLY = answering(
            "noappend-on-append-only-file",
            "RWF_NOAPPEND on a file that chattr +a made append-only, opened with O_APPEND, fails with EPERM.",
            EVERYWHERE.since(6, 9).on(EXT4, XFS),
            refusing(
                    Errno.EPERM,
                    (write, on) -> write.flags().has(RwFlag.NOAPPEND)
                            && on.state().open().mode().append()
                            && on.is(Attribute.APPEND_ONLY)),
            FLAGS + " (6.9 to 7.3)");

    /** The checks of the flags, of every engine. */
    private static final List<Rule> FLAGS_ALLOWED = List.of(
            ATOMIC_UNKNOWN_BEFORE_6_11,
            UNKNOWN_FLAG_REFUSED,
            APPEND_OR_NOAPPEND,
            Rule.unreachable(
                    "nowait-needs-support",
                    "RWF_NOWAIT on a file that can't honour it fails with EOPNOTSUPP.",
                    EVERYWHERE,
                    "preadv2(2), RWF_NOWAIT",
                    FLAGS + ": FMODE_NOWAIT (6.1 to 7.3)"),
            FILE_MUST_SUPPORT_ATOMIC,
            Rule.unreachable(
                    "atomic-on-other-files-unsupported",
                    "btrfs, tmpfs, f2fs, nfs, fuse, overlayfs, exfat, zonefs, gfs2 and pipes take no atomic writes: "
                            + "EOPNOTSUPP, and 0 for no bytes.",
                    EVERYWHERE.since(6, 11),
                    FLAGS + ": no other file sets FMODE_CAN_ATOMIC_WRITE (6.11 to 7.3)"),
            DONTCACHE_NOT_ON_DEVICES,
            DONTCACHE_NOT_ON_EXT4,
            NOAPPEND_ON_APPEND_ONLY);

    /** The checks of pwritev2, in the kernel's order. */
    private static final List<Rule> PWRITEV2 = inOrder(List.of(
            List.of(
                    OFFSET_NOT_NEGATIVE,
                    DESCRIPTOR_MUST_BE_OPEN,
                    OFFSET_NEEDS_A_SEEKABLE_FILE,
                    SEGMENTS_AT_MOST_1024_BEFORE_6_8,
                    OPENED_FOR_WRITING,
                    SEGMENTS_AT_MOST_1024,
                    IOVEC_MUST_BE_READABLE,
                    ZERO_LENGTH_RETURNS_ZERO,
                    PLACE_MUST_NOT_OVERFLOW),
            FLAGS_ALLOWED));

    /** The checks of io_uring: {@code io_prep_write}, {@code io_rw_init_file}, {@code io_write}. */
    private static final List<Rule> RING_ORDER = inOrder(List.of(
            List.of(
                    SEGMENTS_AT_MOST_1024_BEFORE_6_8,
                    SEGMENTS_AT_MOST_1024,
                    IOVEC_MUST_BE_READABLE,
                    REGISTERED_BUFFER_HOLDS_DATA,
                    DESCRIPTOR_MUST_BE_OPEN,
                    OPENED_FOR_WRITING),
            FLAGS_ALLOWED,
            List.of(
                    HIPRI_NEEDS_POLLED_RING,
                    WORKERS_ARE_OF_THE_PROCESS,
                    RING_BUFFERED_NOWAIT,
                    OFFSET_NOT_NEGATIVE,
                    PLACE_MUST_NOT_OVERFLOW)));

    /** The checks of libaio: {@code aio_write}. It takes RWF_HIPRI and ignores it. */
    private static final List<Rule> LIBAIO_ORDER = inOrder(List.of(
            List.of(DESCRIPTOR_MUST_BE_OPEN),
            FLAGS_ALLOWED,
            List.of(
                    OPENED_FOR_WRITING,
                    SEGMENTS_AT_MOST_1024_BEFORE_6_8,
                    SEGMENTS_AT_MOST_1024,
                    IOVEC_MUST_BE_READABLE,
                    OFFSET_NOT_NEGATIVE,
                    LIBAIO_KNOWS_NO_POSITION,
                    PLACE_MUST_NOT_OVERFLOW)));

    /** All checks: those of pwritev2 in the kernel's order, then those that only other engines make. */
    static final List<Rule> ORDER = inOrder(List.of(PWRITEV2, RING_ORDER, LIBAIO_ORDER));

    private static final Set<String> IDS = ORDER.stream().map(Rule::id).collect(Collectors.toUnmodifiableSet());

    private static List<Rule> inOrder(List<List<Rule>> parts) {
        return parts.stream().flatMap(List::stream).distinct().toList();
    }

    private static List<Rule> order(Engine engine) {
        return switch (engine) {
            case PWRITEV2 -> PWRITEV2;
            case IO_URING, IO_URING_FIXED -> RING_ORDER;
            case LIBAIO -> LIBAIO_ORDER;
        };
    }

    /** Return those rules out of a specification's that a write through an engine meets, in the order it meets them. */
    static List<Rule> through(Engine engine, List<Rule> rules) {
        return Stream.concat(
                        order(engine).stream()
                                .flatMap(rule -> rules.stream().filter(held -> isOfSameVersions(held, rule))),
                        rules.stream().filter(rule -> !IDS.contains(rule.id())))
                .toList();
    }

    /** Tell whether a specification's rule is one of these; it may hold since an earlier version there. */
    private static boolean isOfSameVersions(Rule held, Rule rule) {
        return held.id().equals(rule.id())
                && held.scope().before().equals(rule.scope().before());
    }

    private SyscallEntryRules() {}

    private static Expectation anythingWithoutWaiting(Write write, Situation on) {
        boolean negative = WriteConditions.isNegative(write);
        boolean device = !on.target().kind().isFile();
        Refusals refusals = Refusals.of(Errno.EAGAIN)
                .or(Errno.EOPNOTSUPP, device || write.atomic())
                .or(Errno.EINVAL, negative || write.atomic())
                .or(Errno.ENOSPC, device && !negative && on.place(write) >= on.size());
        if (write.length() == 0) {
            return refusals.besides(allowed(DONE, on.state()), on);
        }
        if (write.atomic() || negative) {
            return new Expectation(refusals.of(on));
        }
        List<Permit> permits = new ArrayList<>(refusals.of(on));
        permits.addAll(WriteExpectations.storedOrRefusedPartWay(write, on).permits());
        if (on.is(Attribute.IMMUTABLE)) {
            permits.addAll(Refusals.of(Errno.EPERM).of(on));
        }
        return new Expectation(permits);
    }
}
