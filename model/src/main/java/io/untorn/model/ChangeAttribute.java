package io.untorn.model;

import static io.untorn.model.Expectation.anyOf;
import static io.untorn.model.Expectation.required;
import static io.untorn.model.Outcome.DONE;
import static io.untorn.model.Scope.DEVICES;
import static io.untorn.model.Scope.FILES;
import static io.untorn.model.TargetKind.XFS;

import io.untorn.model.Rule.Answer;
import java.util.List;

/**
 * Give the file one of the attributes of chattr(1), by FS_IOC_SETFLAGS, and take away the others; then fsync(2) it. What
 * is open stays open.
 */
public record ChangeAttribute(Attribute attribute) implements Operation {
    static List<Rule> rules() {
        return List.of(
                Rule.answering(
                        "device-has-no-attributes",
                        "A block device has no such attributes: an error.",
                        DEVICES,
                        Answer.always(ChangeAttribute.class, (change, on) -> anyOf(on.anyRefusal())),
                        "ioctl_iflags(2), ERRORS"),
                Rule.answering(
                        "xfs-journals-no-data",
                        "XFS has no attribute for the journalling of data: EOPNOTSUPP.",
                        FILES.on(XFS),
                        new Answer<>(
                                ChangeAttribute.class,
                                (change, on) -> change.attribute() == Attribute.DATA_JOURNALLED,
                                (change, on) -> on.refusal(Errno.EOPNOTSUPP)),
                        "ioctl_iflags(2), FS_JOURNAL_DATA_FL: ext3 and ext4",
                        "kernel fs/xfs/xfs_ioctl.c, xfs_fileattr_set (6.1 to 7.3)"),
                Rule.answering(
                        "attribute-is-set",
                        "Root may set the attributes of a file; what was written before is then durable.",
                        FILES,
                        Answer.always(
                                ChangeAttribute.class,
                                (change, on) -> required(DONE, on.state().attributed(change.attribute()))),
                        "ioctl_iflags(2), DESCRIPTION",
                        "fsync(2), DESCRIPTION"));
    }

    @Override
    public void touch(Footprint footprint) {}

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return attribute == Attribute.NONE ? "take the attributes away" : "make the file " + attribute;
    }
}
