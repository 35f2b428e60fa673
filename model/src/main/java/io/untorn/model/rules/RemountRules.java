package io.untorn.model.rules;

import static io.untorn.model.rule.Expectation.anyOf;
import static io.untorn.model.rule.Expectation.fitting;
import static io.untorn.model.rule.Expectation.required;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.DEVICES;
import static io.untorn.model.rule.Scope.FILES;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Outcome.Told;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Remount.Way;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Rule.Answer;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.FileState;
import io.untorn.model.target.Limits;
import java.util.List;
import java.util.Optional;

/** What a mount may return, and what a file is like after it. */
final class RemountRules {
    private static final Rule DEVICE_KEEPS_LIMITS = answering(
            "device-keeps-limits",
            "A block device opened again reports the same size and limits.",
            DEVICES,
            Answer.always(
                    Remount.class,
                    (remount, on) -> required(
                            new Told(on.size(), on.limits()),
                            on.state().opened(on.state().open().mode()))),
            "statx(2), stx_atomic_write_unit_min");

    private static final Rule MOUNT_KEEPS_FILE = answering(
            "mount-keeps-file",
            "After a clean mount a file is as it was before, with the limits that the mount gives it.",
            FILES,
            new Answer<>(
                    Remount.class,
                    (remount, on) -> remount.maxAtomicWrite() == 0,
                    (remount, on) -> required(
                            new Told(on.size(), on.environment().limits()),
                            mounted(remount, on, on.environment().limits()))),
            "mount(2), DESCRIPTION",
            "statx(2), stx_atomic_write_unit_max");

    private static final Rule MAX_ATOMIC_WRITE_IS_REFUSED_OR_TOLD = answering(
            "max-atomic-write-is-refused-or-told",
            "A mount with max_atomic_write fails if the file system does not know the option or can't keep its value; "
                    + "else statx reports it as unit_max.",
            FILES,
            Answer.always(
                    Remount.class,
                    (remount, on) -> anyOf(
                            fitting(
                                    "EINVAL",
                                    outcome -> outcome.equals(new Outcome.Failed(Errno.EINVAL))
                                            ? Optional.of(refused(remount, on))
                                            : Optional.empty()),
                            fitting(
                                    "reported unit_max " + remount.maxAtomicWrite(),
                                    outcome -> outcome instanceof Told told
                                                    && told.size() == on.size()
                                                    && told.limits().unitMax() == remount.maxAtomicWrite()
                                            ? Optional.of(mounted(remount, on, told.limits()))
                                            : Optional.empty()))),
            "kernel Documentation/admin-guide/xfs.rst, max_atomic_write (6.16 to 7.3)",
            "kernel fs/xfs/xfs_mount.c, xfs_set_max_atomic_write_opt (6.16 to 7.3)");

    static final List<Rule> ORDER = List.of(DEVICE_KEEPS_LIMITS, MOUNT_KEEPS_FILE, MAX_ATOMIC_WRITE_IS_REFUSED_OR_TOLD);

    private RemountRules() {}

    private static FileState mounted(Remount remount, Situation on, Limits limits) {
        return remount.way() == Way.LIVE
                ? on.state().limited(limits)
                : on.state().mounted(limits);
    }

    private static FileState refused(Remount remount, Situation on) {
        return remount.way() == Way.LIVE
                ? on.state()
                : on.state().mounted(on.environment().limits());
    }
}
