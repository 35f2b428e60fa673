package io.untorn.model.rules;

import static io.untorn.model.history.Outcome.DONE;
import static io.untorn.model.rule.Expectation.allowed;
import static io.untorn.model.rule.Expectation.anyOf;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.DEVICES;
import static io.untorn.model.rule.Scope.FILES;
import static io.untorn.model.target.TargetKind.EXT4;
import static io.untorn.model.target.TargetKind.XFS;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.HintExtentSize;
import io.untorn.model.rule.Expectation;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Rule.Answer;
import java.util.List;

/** What a file system may make of an extent size hint: of these rules the first that applies decides. */
final class HintExtentSizeRules {
    private static final String KERNEL = "kernel fs/xfs/xfs_ioctl.c, xfs_ioctl_setattr_check_extsize (6.1 to 7.3)";

    private static final Rule DEVICE_TAKES_NO_HINTS = answering(
            "device-takes-no-hints",
            "A block device takes no extent size hint: ENOTTY, EOPNOTSUPP, or EINVAL from a driver that knows no such "
                    + "request.",
            DEVICES,
            Answer.always(
                    HintExtentSize.class,
                    (hint, on) -> new Expectation(Refusals.of(Errno.ENOTTY, Errno.EOPNOTSUPP, Errno.EINVAL)
                            .of(on))),
            "ioctl(2), ERRORS, ENOTTY",
            "kernel fs/ioctl.c, ioctl_fsgetxattr (6.1 to 6.16)",
            "kernel fs/file_attr.c, ioctl_fsgetxattr: ENOTTY, or EOPNOTSUPP (6.17 to 7.3)",
            "kernel drivers/scsi/scsi_ioctl.c, scsi_ioctl: EINVAL (6.1 to 7.3)");

    private static final Rule EXTENT_SIZE_HINT_IN_BLOCKS = answering(
            "extent-size-hint-in-blocks",
            "An extent size hint that is no multiple of the block fails with EINVAL.",
            FILES.on(XFS),
            new Answer<>(
                    HintExtentSize.class,
                    (hint, on) -> hint.bytes() % on.target().blockSize() != 0,
                    (hint, on) -> on.refusal(Errno.EINVAL)),
            KERNEL);

    private static final Rule EXTENT_SIZE_HINT_BEFORE_EXTENTS = answering(
            "extent-size-hint-before-extents",
            "An extent size hint is set, or refused with EINVAL: a file that has extents, or had some, may keep the "
                    + "old hint. No data changes.",
            FILES.on(XFS),
            Answer.always(
                    HintExtentSize.class,
                    (hint, on) ->
                            anyOf(allowed(DONE, on.state()), allowed(new Outcome.Failed(Errno.EINVAL), on.state()))),
            "xfsctl(3), XFS_IOC_FSSETXATTR",
            KERNEL);

    private static final Rule HINTS_ARE_NOT_FOR_EVERY_FILE_SYSTEM = answering(
                    "hints-are-not-for-every-file-system",
                    "No document says what ext4 does with an extent size hint: it is ignored, or refused as not "
                            + "supported or not valid, and changes no data.",
                    FILES.on(EXT4),
                    Answer.always(HintExtentSize.class, (hint, on) -> Refusals.of(Errno.EOPNOTSUPP, Errno.EINVAL)
                            .or(Errno.EPERM, on.is(Attribute.IMMUTABLE))
                            .besides(allowed(DONE, on.state()), on)),
                    "kernel fs/ext4/ioctl.c, ext4_fileattr_set: does not look at it (6.1 to 7.3)")
            .silent();

    static final List<Rule> ORDER = List.of(
            DEVICE_TAKES_NO_HINTS,
            EXTENT_SIZE_HINT_IN_BLOCKS,
            EXTENT_SIZE_HINT_BEFORE_EXTENTS,
            HINTS_ARE_NOT_FOR_EVERY_FILE_SYSTEM);

    private HintExtentSizeRules() {}
}
