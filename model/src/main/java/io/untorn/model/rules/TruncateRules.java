package io.untorn.model.rules;

import static io.untorn.model.history.Outcome.DONE;
import static io.untorn.model.rule.Expectation.allowed;
import static io.untorn.model.rule.Expectation.anyOf;
import static io.untorn.model.rule.Expectation.required;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.DEVICES;
import static io.untorn.model.rule.Scope.FILES;
import static io.untorn.model.target.TargetKind.EXT4;
import static io.untorn.model.target.TargetKind.XFS;

import io.untorn.model.history.Errno;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.Truncate;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Rule.Answer;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.FileState;
import java.util.List;

/** What ftruncate(2) may answer: of these rules the first that applies decides. */
final class TruncateRules {
    private static final Rule DEVICE_HAS_NO_TRUNCATE = answering(
            "device-has-no-truncate",
            "A block device can't be truncated: EINVAL.",
            DEVICES,
            Answer.always(Truncate.class, (truncate, on) -> on.refusal(Errno.EINVAL)),
            "truncate(2), ERRORS, EINVAL");

    private static final Rule APPEND_ONLY_FILE_KEEPS_SIZE = answering(
            "append-only-file-keeps-size",
            "An append-only file can't be truncated: EPERM.",
            FILES,
            new Answer<>(
                    Truncate.class,
                    (truncate, on) -> on.is(Attribute.APPEND_ONLY),
                    (truncate, on) -> on.refusal(Errno.EPERM)),
            "truncate(2), ERRORS, EPERM",
            "kernel fs/open.c, do_ftruncate (6.1 to 7.3)");

    private static final Rule IMMUTABLE_FILE_KEEPS_SIZE = answering(
            "immutable-file-keeps-size",
            "An immutable file on ext4 can't be truncated, also through a descriptor that was opened before: EPERM.",
            FILES.on(EXT4),
            new Answer<>(
                    Truncate.class,
                    (truncate, on) -> on.is(Attribute.IMMUTABLE),
                    (truncate, on) -> on.refusal(Errno.EPERM)),
            "ioctl_iflags(2), FS_IMMUTABLE_FL: no changes are permitted",
            "kernel fs/ext4/inode.c, ext4_setattr (6.1 to 7.3)");

    private static final Rule IMMUTABLE_FILE_OPEN_BEFORE_MAY_BE_TRUNCATED = answering(
                    "immutable-file-open-before-may-be-truncated",
                    "No document says whether an immutable file can be truncated through a descriptor that was opened "
                            + "before: it fails with EPERM, or as it does to another file, or is done.",
                    FILES.on(XFS),
                    new Answer<>(
                            Truncate.class, (truncate, on) -> on.is(Attribute.IMMUTABLE), (truncate, on) -> Refusals.of(
                                            Errno.EPERM)
                                    .or(
                                            Errno.EFBIG,
                                            truncate.size() > on.size() && on.exceedsSizeLimit(truncate.size()))
                                    .or(Errno.ENOSPC, on.isSpaceScarce())
                                    .besides(allowed(DONE, truncated(truncate, on)), on)),
                    "ioctl_iflags(2), FS_IMMUTABLE_FL: no changes are permitted",
                    "kernel fs/xfs/xfs_iops.c, xfs_vn_setattr: does not look (6.1 to 7.3)")
            .silent();

    private static final Rule TRUNCATE_WITHIN_SIZE_LIMIT = answering(
            "truncate-within-size-limit",
            "Making a file longer than RLIMIT_FSIZE, or than its file system lets it be, fails with EFBIG.",
            FILES,
            new Answer<>(
                    Truncate.class,
                    (truncate, on) -> truncate.size() > on.size() && on.exceedsSizeLimit(truncate.size()),
                    (truncate, on) -> on.refusal(Errno.EFBIG)),
            "setrlimit(2), RLIMIT_FSIZE",
            "kernel fs/attr.c, inode_newsize_ok (6.1 to 7.3)");

    private static final Rule TRUNCATE_MAY_LACK_SPACE = answering(
                    "truncate-may-lack-space",
                    "No document says whether truncating a file may fail with ENOSPC if space is scarce. If it fails, "
                            + "nothing changes: the rest of a shared block must be copied to be zeroed.",
                    FILES.on(XFS),
                    new Answer<>(
                            Truncate.class,
                            (truncate, on) -> on.isSpaceScarce(),
                            (truncate, on) -> anyOf(allowed(DONE, truncated(truncate, on)), on.noSpace())),
                    "kernel fs/xfs/xfs_iops.c, xfs_setattr_size (6.1 to 7.3)")
            .silent();

    private static final Rule TRUNCATE_SETS_SIZE = answering(
            "truncate-sets-size",
            "Truncating a file sets its size; what is new reads as zeros.",
            FILES,
            Answer.always(Truncate.class, (truncate, on) -> required(DONE, truncated(truncate, on))),
            "truncate(2), DESCRIPTION");

    static final List<Rule> ORDER = List.of(
            DEVICE_HAS_NO_TRUNCATE,
            APPEND_ONLY_FILE_KEEPS_SIZE,
            IMMUTABLE_FILE_KEEPS_SIZE,
            IMMUTABLE_FILE_OPEN_BEFORE_MAY_BE_TRUNCATED,
            TRUNCATE_WITHIN_SIZE_LIMIT,
            TRUNCATE_MAY_LACK_SPACE,
            TRUNCATE_SETS_SIZE);

    private TruncateRules() {}

    private static FileState truncated(Truncate truncate, Situation on) {
        return on.state().truncated(truncate.size(), on.target().blockSize());
    }
}
