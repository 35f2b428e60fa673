package io.untorn.model.rules;

import static io.untorn.model.rule.Expectation.anyOf;
import static io.untorn.model.rule.Expectation.fitting;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.DEVICES;
import static io.untorn.model.rule.Scope.FILES;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Extent;
import io.untorn.model.history.Outcome.Mapped;
import io.untorn.model.operation.MapExtents;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Rule.Answer;
import java.util.List;
import java.util.Optional;

/** What FS_IOC_FIEMAP may report. */
final class MapExtentsRules {
    private static final Rule DEVICE_HAS_NO_EXTENTS = answering(
            "device-has-no-extents",
            "A block device can't report extents: EOPNOTSUPP.",
            DEVICES,
            Answer.always(MapExtents.class, (map, on) -> on.refusal(Errno.EOPNOTSUPP)),
            "kernel Documentation/filesystems/fiemap.rst",
            "kernel fs/ioctl.c, ioctl_fiemap: the node of a device has no fiemap operation (6.1 to 7.3)");

    private static final Rule EXTENTS_ARE_TOLD_IN_ORDER = answering(
            "extents-are-told-in-order",
            "A file's extents are reported in order of their place in the file, and none overlaps another.",
            FILES,
            Answer.always(
                    MapExtents.class,
                    (map, on) -> anyOf(fitting(
                            "extents in order",
                            outcome -> outcome instanceof Mapped mapped && areInOrder(mapped.extents())
                                    ? Optional.of(on.state().seen(mapped.extents()))
                                    : Optional.empty()))),
            "kernel Documentation/filesystems/fiemap.rst");

    static final List<Rule> ORDER = List.of(DEVICE_HAS_NO_EXTENTS, EXTENTS_ARE_TOLD_IN_ORDER);

    private MapExtentsRules() {}

    static boolean areInOrder(List<Extent> extents) {
        for (int i = 1; i < extents.size(); i++) {
            Extent before = extents.get(i - 1);
            if (before.logical() + before.length() > extents.get(i).logical()) {
                return false;
            }
        }
        return true;
    }
}
