package io.untorn.model;

import static io.untorn.model.Expectation.anyOf;
import static io.untorn.model.Expectation.fitting;
import static io.untorn.model.Expectation.required;
import static io.untorn.model.Scope.DEVICES;
import static io.untorn.model.Scope.FILES;

import io.untorn.model.Outcome.Told;
import io.untorn.model.Rule.Answer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Mount the file system again and look at the file's limits. A block device is opened again instead. An attribute of the
 * file is taken away for an unmount, and given back after the mount.
 *
 * @param maxAtomicWrite the value of XFS's option {@code max_atomic_write}, in bytes; 0 for no option
 */
public record Remount(Way way, long maxAtomicWrite) implements Operation {
    /** The two ways. */
    public enum Way {
        /** Unmount, mount, and open the file again in the mode it had. Where the mount fails it is done without the option. */
        UNMOUNT_AND_MOUNT,
        /** Change the option of the mounted file system (MS_REMOUNT); the file stays open. */
        LIVE
    }

    static List<Rule> rules() {
        return List.of(
                Rule.answering(
                        "device-keeps-limits",
                        "A block device opened again tells the same size and limits.",
                        DEVICES,
                        Answer.always(
                                Remount.class,
                                (remount, on) -> required(
                                        new Told(on.size(), on.limits()),
                                        on.state().opened(on.state().open().mode()))),
                        "statx(2), stx_atomic_write_unit_min"),
                Rule.answering(
                        "mount-keeps-file",
                        "A file is after a clean mount as it was before, with the limits that the mount gives it.",
                        FILES,
                        new Answer<>(
                                Remount.class,
                                (remount, on) -> remount.maxAtomicWrite() == 0,
                                (remount, on) -> required(
                                        new Told(on.size(), on.environment().limits()),
                                        remount.mounted(on, on.environment().limits()))),
                        "mount(2), DESCRIPTION",
                        "statx(2), stx_atomic_write_unit_max"),
                Rule.answering(
                        "max-atomic-write-is-refused-or-told",
                        "A mount with max_atomic_write fails where the file system does not know or can't keep it; else "
                                + "statx tells it as unit_max.",
                        FILES,
                        Answer.always(
                                Remount.class,
                                (remount, on) -> anyOf(
                                        fitting(
                                                "EINVAL",
                                                outcome -> outcome.equals(new Outcome.Failed(Errno.EINVAL))
                                                        ? Optional.of(remount.refused(on))
                                                        : Optional.empty()),
                                        fitting(
                                                "told unit_max " + remount.maxAtomicWrite(),
                                                outcome -> outcome instanceof Told told
                                                                && told.size() == on.size()
                                                                && told.limits().unitMax() == remount.maxAtomicWrite()
                                                        ? Optional.of(remount.mounted(on, told.limits()))
                                                        : Optional.empty()))),
                        "kernel Documentation/admin-guide/xfs.rst, max_atomic_write (6.16 to 7.3)",
                        "kernel fs/xfs/xfs_mount.c, xfs_set_max_atomic_write_opt (6.16 to 7.3)"));
    }

    private FileState mounted(Situation on, Limits limits) {
        return way == Way.LIVE ? on.state().limited(limits) : on.state().mounted(limits);
    }

    private FileState refused(Situation on) {
        return way == Way.LIVE
                ? on.state()
                : on.state().mounted(on.environment().limits());
    }

    @Override
    public void touch(Footprint footprint) {}

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return way.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + (way == Way.LIVE ? " remount" : "")
                + (maxAtomicWrite == 0 ? "" : " with max_atomic_write=" + maxAtomicWrite);
    }
}
