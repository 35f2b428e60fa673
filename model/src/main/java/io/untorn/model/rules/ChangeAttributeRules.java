package io.untorn.model.rules;

import static io.untorn.model.history.Outcome.DONE;
import static io.untorn.model.rule.Expectation.required;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.DEVICES;
import static io.untorn.model.rule.Scope.FILES;
import static io.untorn.model.target.TargetKind.XFS;

import io.untorn.model.history.Errno;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.ChangeAttribute;
import io.untorn.model.rule.Expectation;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Rule.Answer;
import java.util.List;

/** What FS_IOC_SETFLAGS may answer: of these rules the first that applies decides. */
final class ChangeAttributeRules {
    private static final Rule DEVICE_HAS_NO_ATTRIBUTES = answering(
            "device-has-no-attributes",
            "A block device takes no chattr attributes: ENOTTY, EOPNOTSUPP, or EINVAL from a driver that knows no such "
                    + "request.",
            DEVICES,
            Answer.always(
                    ChangeAttribute.class,
                    (change, on) -> new Expectation(Refusals.of(Errno.ENOTTY, Errno.EOPNOTSUPP, Errno.EINVAL)
                            .of(on))),
            "ioctl_iflags(2), ERRORS",
            "kernel fs/ioctl.c, ioctl_getflags (6.1 to 6.16)",
            "kernel fs/file_attr.c, ioctl_getflags: ENOTTY, or EOPNOTSUPP (6.17 to 7.3)",
            "kernel drivers/scsi/scsi_ioctl.c, scsi_ioctl: EINVAL (6.1 to 7.3)");

    private static final Rule XFS_JOURNALS_NO_DATA = answering(
            "xfs-journals-no-data",
            "XFS has no attribute for the journalling of data: EOPNOTSUPP.",
            FILES.on(XFS),
            new Answer<>(
                    ChangeAttribute.class,
                    (change, on) -> change.attribute() == Attribute.DATA_JOURNALLED,
                    (change, on) -> on.refusal(Errno.EOPNOTSUPP)),
            "ioctl_iflags(2), FS_JOURNAL_DATA_FL: ext3 and ext4",
            "kernel fs/xfs/xfs_ioctl.c, xfs_fileattr_set (6.1 to 7.3)");

    private static final Rule ATTRIBUTE_IS_SET = answering(
            "attribute-is-set",
            "Root may set the attributes of a file; what was written before is then durable.",
            FILES,
            Answer.always(
                    ChangeAttribute.class,
                    (change, on) -> required(DONE, on.state().attributed(change.attribute()))),
            "ioctl_iflags(2), DESCRIPTION",
            "fsync(2), DESCRIPTION");

    static final List<Rule> ORDER = List.of(DEVICE_HAS_NO_ATTRIBUTES, XFS_JOURNALS_NO_DATA, ATTRIBUTE_IS_SET);

    private ChangeAttributeRules() {}
}
