package io.untorn.model;

import static io.untorn.model.Expectation.required;
import static io.untorn.model.Outcome.DONE;
import static io.untorn.model.Rule.answering;
import static io.untorn.model.Scope.EVERYWHERE;
import static io.untorn.model.Scope.Support.ABSENT;
import static io.untorn.model.TargetKind.BLOCK_DEVICE;
import static io.untorn.model.TargetKind.EXT4;
import static io.untorn.model.TargetKind.XFS;

import java.util.List;

/** What pwritev2(2) checks before the file's own code sees the write. */
final class FrontEnd {
    private static final String FLAGS = "kernel include/linux/fs.h, kiocb_set_rw_flags";

    static final Rule OFFSET_NOT_NEGATIVE = answering(
            "offset-not-negative",
            "A write at an offset below -1 fails with EINVAL.",
            EVERYWHERE,
            WriteRules.refusing(Errno.EINVAL, (write, on) -> write.offset() == Write.NEGATIVE),
            "pwrite(2), ERRORS",
            "kernel fs/read_write.c, do_pwritev (6.1 to 7.3)");

    static final Rule SEGMENTS_AT_MOST_1024 = answering(
            "segments-at-most-1024",
            "More than 1024 segments are refused with EINVAL.",
            EVERYWHERE,
            WriteRules.refusing(Errno.EINVAL, (write, on) -> write.split() == Split.TOO_MANY),
            "writev(2), ERRORS, EINVAL",
            "kernel lib/iov_iter.c, iovec_from_user (6.1 to 7.3)");

    static final Rule OPENED_FOR_WRITING = answering(
            "opened-for-writing",
            "A write through a descriptor that was opened for reading only fails with EBADF.",
            EVERYWHERE,
            WriteRules.refusing(
                    Errno.EBADF, (write, on) -> on.state().open().mode().readOnly()),
            "write(2), ERRORS, EBADF",
            "kernel fs/read_write.c, do_iter_write (6.1) and vfs_writev (6.12 to 7.3)");

    static final Rule ZERO_LENGTH_RETURNS_ZERO = answering(
            "zero-length-returns-zero",
            "A write of no bytes returns 0, whatever else is wrong with flags, place and file.",
            EVERYWHERE,
            WriteRules.write((write, on) -> write.length() == 0, (write, on) -> required(DONE, on.state())),
            "kernel fs/read_write.c, do_iter_write (6.1) and vfs_writev (6.12 to 7.3)");

    static final Rule ATOMIC_UNKNOWN_BEFORE_6_11 = answering(
            "flag-unknown-before-6.11",
            "A kernel that does not know RWF_ATOMIC refuses it with EOPNOTSUPP.",
            EVERYWHERE.before(6, 11),
            WriteRules.refusing(Errno.EOPNOTSUPP, (write, on) -> write.atomic()),
            "pwritev2(2), ERRORS, EOPNOTSUPP",
            FLAGS + " (6.1)");

    static final Rule UNKNOWN_FLAG_REFUSED = answering(
            "unknown-flag-refused",
            "Any other flag that the kernel does not know is refused with EOPNOTSUPP.",
            EVERYWHERE,
            WriteRules.refusing(Errno.EOPNOTSUPP, FrontEnd::hasUnknownFlag),
            "pwritev2(2), ERRORS, EOPNOTSUPP",
            FLAGS + " (6.1 to 7.3)");

    static final Rule APPEND_OR_NOAPPEND = answering(
            "append-or-noappend",
            "RWF_APPEND and RWF_NOAPPEND together are refused with EINVAL.",
            EVERYWHERE.since(6, 9),
            WriteRules.refusing(
                    Errno.EINVAL,
                    (write, on) ->
                            write.flags().has(RwFlag.APPEND) && write.flags().has(RwFlag.NOAPPEND)),
            FLAGS + " (6.9 to 7.3)");

    static final Rule FILE_MUST_SUPPORT_ATOMIC = answering(
            "file-must-support-atomic",
            "An atomic write to a file that could take none when it was opened fails with EOPNOTSUPP, whatever its "
                    + "place.",
            EVERYWHERE.since(6, 11).where(ABSENT),
            WriteRules.refusing(
                    Errno.EOPNOTSUPP,
                    (write, on) -> write.atomic() && !on.state().open().atomicGranted()),
            FLAGS + ": FMODE_CAN_ATOMIC_WRITE (6.12 to 7.3)");

    static final Rule DONTCACHE_NOT_ON_DEVICES = answering(
            "dontcache-not-on-devices-before-7.3",
            "A block device refuses RWF_DONTCACHE with EOPNOTSUPP.",
            EVERYWHERE.since(6, 14).before(7, 3).on(BLOCK_DEVICE),
            WriteRules.refusing(Errno.EOPNOTSUPP, (write, on) -> write.flags().has(RwFlag.DONTCACHE)),
            FLAGS + "; block/fops.c, def_blk_fops (6.14 to 7.2)");

    static final Rule DONTCACHE_NOT_ON_EXT4 = answering(
            "dontcache-not-on-ext4-before-6.17",
            "ext4 refuses RWF_DONTCACHE with EOPNOTSUPP.",
            EVERYWHERE.since(6, 14).before(6, 17).on(EXT4),
            WriteRules.refusing(Errno.EOPNOTSUPP, (write, on) -> write.flags().has(RwFlag.DONTCACHE)),
            FLAGS + "; fs/ext4/file.c, ext4_file_operations (6.14 to 6.16)");

    static final Rule NOAPPEND_ON_APPEND_ONLY = answering(
            "noappend-on-append-only-file",
            "RWF_NOAPPEND on a file that chattr +a made append-only, opened with O_APPEND, fails with EPERM.",
            EVERYWHERE.since(6, 9).on(EXT4, XFS),
            WriteRules.refusing(
                    Errno.EPERM,
                    (write, on) -> write.flags().has(RwFlag.NOAPPEND)
                            && on.state().open().mode().append()
                            && on.is(Attribute.APPEND_ONLY)),
            FLAGS + " (6.9 to 7.3)");

    /** The checks, in the kernel's order. */
    static final List<Rule> ORDER = List.of(
            OFFSET_NOT_NEGATIVE,
            Rule.untold(
                    "descriptor-must-be-open",
                    "A write through a descriptor that is not open fails with EBADF.",
                    EVERYWHERE,
                    "write(2), ERRORS, EBADF",
                    "kernel fs/read_write.c, do_pwritev (6.1 to 7.3)"),
            Rule.untold(
                    "offset-needs-a-seekable-file",
                    "A write at an offset to a pipe or a socket fails with ESPIPE.",
                    EVERYWHERE,
                    "pwrite(2), ERRORS, ESPIPE",
                    "kernel fs/read_write.c, do_pwritev (6.1 to 7.3)"),
            SEGMENTS_AT_MOST_1024.within(SEGMENTS_AT_MOST_1024.scope().before(6, 8)),
            OPENED_FOR_WRITING,
            SEGMENTS_AT_MOST_1024.within(SEGMENTS_AT_MOST_1024.scope().since(6, 8)),
            Rule.untold(
                    "iovec-must-be-readable",
                    "An iovec at a bad address fails with EFAULT; an element of negative length with EINVAL.",
                    EVERYWHERE,
                    "writev(2), ERRORS",
                    "kernel lib/iov_iter.c, import_iovec (6.1 to 7.3)"),
            ZERO_LENGTH_RETURNS_ZERO,
            Rule.untold(
                    "place-must-not-overflow",
                    "A range that ends behind the largest offset fails with EINVAL or EOVERFLOW.",
                    EVERYWHERE,
                    "kernel fs/read_write.c, rw_verify_area (6.1 to 7.3)"),
            ATOMIC_UNKNOWN_BEFORE_6_11,
            UNKNOWN_FLAG_REFUSED,
            APPEND_OR_NOAPPEND,
            Rule.untold(
                    "nowait-needs-support",
                    "RWF_NOWAIT on a file that can't honour it fails with EOPNOTSUPP.",
                    EVERYWHERE,
                    "preadv2(2), RWF_NOWAIT",
                    FLAGS + ": FMODE_NOWAIT (6.1 to 7.3)"),
            FILE_MUST_SUPPORT_ATOMIC,
            Rule.untold(
                    "atomic-on-other-files-unsupported",
                    "btrfs, tmpfs, f2fs, nfs, fuse, overlayfs, exfat, zonefs, gfs2 and pipes take no atomic writes: "
                            + "EOPNOTSUPP, and 0 for no bytes.",
                    EVERYWHERE.since(6, 11),
                    FLAGS + ": no other file sets FMODE_CAN_ATOMIC_WRITE (6.11 to 7.3)"),
            DONTCACHE_NOT_ON_DEVICES,
            DONTCACHE_NOT_ON_EXT4,
            NOAPPEND_ON_APPEND_ONLY,
            Rule.untold(
                    "asynchronous-writes-are-checked-alike",
                    "io_uring and libaio writes follow the same rules, but flags of a write of no bytes are looked at, "
                            + "registered buffers count as more than one segment (EINVAL), and RWF_HIPRI needs a polled "
                            + "ring (EINVAL).",
                    EVERYWHERE.since(6, 11),
                    "kernel io_uring/rw.c, io_write; fs/aio.c, aio_write (6.11 to 7.3)"));

    private FrontEnd() {}

    static boolean hasUnknownFlag(Write write, Situation on) {
        KernelVersion kernel = on.environment().kernel();
        RwFlags others = write.flags().without(RwFlag.ATOMIC);
        return others.bits() != 0 && others.flags().stream().anyMatch(flag -> !kernel.isAtLeast(flag.since()));
    }
}
