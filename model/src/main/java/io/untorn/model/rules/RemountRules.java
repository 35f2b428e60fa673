package io.untorn.model.rules;

import static io.untorn.model.rule.Expectation.anyOf;
import static io.untorn.model.rule.Expectation.fitting;
import static io.untorn.model.rule.Expectation.required;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.DEVICES;
import static io.untorn.model.rule.Scope.EVERYWHERE;
import static io.untorn.model.rule.Scope.FILES;
import static io.untorn.model.target.TargetKind.EXT4;
import static io.untorn.model.target.TargetKind.XFS;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Outcome.Told;
import io.untorn.model.limits.XfsGeometry;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Remount.Way;
import io.untorn.model.rule.Expectation;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Rule.Answer;
import io.untorn.model.rule.Rule.Condition;
import io.untorn.model.rule.Scope;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.FileState;
import io.untorn.model.target.Limits;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a mount may return, and what a file is like after it. */
final class RemountRules {
    private static final String PARSER = "kernel fs/xfs/xfs_super.c, xfs_fs_parse_param, suffix_kstrtoull (7.3)";
    private static final String SETTER =
            "kernel fs/xfs/xfs_mount.c, xfs_set_max_atomic_write_opt: the order of its checks (7.3)";

    private static final Scope WITH_OPTION = EVERYWHERE.since(6, 16).on(XFS);

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
            "After a clean mount a file is as it was before, with the limits that the mount gives it: without options "
                    + "those of the first mount.",
            FILES,
            new Answer<>(
                    Remount.class,
                    (remount, on) -> !remount.hasOption(),
                    (remount, on) -> reported(remount, on, on.environment().limits())),
            "mount(2), DESCRIPTION",
            "statx(2), stx_atomic_write_unit_max");

    private static final Rule EXT4_HAS_NO_MAX_ATOMIC_WRITE = refused(
            "ext4-has-no-max-atomic-write",
            "A mount of ext4 with max_atomic_write fails, and changes no limits.",
            EVERYWHERE.on(EXT4),
            (remount, on) -> true,
            "kernel fs/ext4/super.c, ext4_param_specs; fs/fs_parser.c, __fs_parse (6.12, 7.3)");

    private static final Rule XFS_HAS_NO_MAX_ATOMIC_WRITE = refused(
            "xfs-has-no-max-atomic-write",
            "A mount of XFS with max_atomic_write fails before 6.16, and changes no limits.",
            EVERYWHERE.before(6, 16).on(XFS),
            (remount, on) -> true,
            "kernel fs/xfs/xfs_super.c, xfs_fs_parameters; fs/fs_parser.c, __fs_parse (6.12)");

    private static final Rule IS_A_NUMBER = refused(
            "max-atomic-write-is-a-number",
            "A mount fails if max_atomic_write is no decimal number, with one suffix of k, m and g or none, small or "
                    + "capital; limits stay.",
            WITH_OPTION,
            (remount, on) -> remount.asked().isEmpty(),
            PARSER);

    private static final Rule ZERO_IS_DEFAULT = answering(
            "max-atomic-write-zero-is-default",
            "After a mount with a max_atomic_write of 0 the limits are those of a mount without it.",
            WITH_OPTION,
            new Answer<>(
                    Remount.class,
                    (remount, on) -> remount.hasOption() && asked(remount) == XfsGeometry.NO_OPTION,
                    (remount, on) -> reported(remount, on, derived(on, XfsGeometry.NO_OPTION))),
            SETTER);

    private static final Rule IS_A_POWER_OF_TWO = refused(
            "max-atomic-write-is-a-power-of-two",
            "A mount fails if max_atomic_write is no power of two; limits stay.",
            WITH_OPTION,
            (remount, on) -> Long.bitCount(asked(remount)) != 1,
            SETTER);

    private static final Rule IS_WHOLE_BLOCKS = refused(
            "max-atomic-write-is-whole-blocks",
            "A mount fails if max_atomic_write is less than a block; limits stay.",
            WITH_OPTION,
            (remount, on) -> !on.environment().xfs().isWholeBlocks(asked(remount)),
            SETTER);

    private static final Rule IS_WITHIN_REACH = refused(
            "max-atomic-write-is-within-reach",
            "A mount fails if max_atomic_write is more than a write, an allocation group or the log holds, or without "
                    + "reflink more than the block that the disk writes atomically; limits stay.",
            WITH_OPTION,
            (remount, on) -> !on.environment()
                    .xfs()
                    .isWithinReach(
                            asked(remount),
                            on.environment().disk().limits(),
                            on.environment().kernel()),
            SETTER,
            "kernel fs/xfs/libxfs/xfs_trans_resv.c, xfs_calc_atomic_write_reservation (7.3)");

    private static final Rule SETS_LIMITS = answering(
            "max-atomic-write-sets-limits",
            "After a mount with any other max_atomic_write all limits are those that derive from it.",
            WITH_OPTION,
            Answer.always(Remount.class, (remount, on) -> reported(remount, on, derived(on, asked(remount)))),
            SETTER,
            "kernel fs/xfs/xfs_mount.c, xfs_calc_atomic_write_unit_max; fs/xfs/xfs_iops.c, xfs_get_atomic_write_min, "
                    + "xfs_get_atomic_write_max, xfs_get_atomic_write_max_opt (7.3)");

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
                                    "reported unit_max " + asked(remount),
                                    outcome -> outcome instanceof Told told
                                                    && told.size() == on.size()
                                                    && isToldBy(remount, told.limits(), on)
                                            ? Optional.of(mounted(remount, on, told.limits()))
                                            : Optional.empty()))),
            "kernel Documentation/admin-guide/xfs.rst, max_atomic_write (6.16 to 7.3)");

    private static final List<Rule> WITHOUT_OPTION = List.of(DEVICE_KEEPS_LIMITS, MOUNT_KEEPS_FILE);

    static final List<Rule> ORDER = Stream.concat(
                    WITHOUT_OPTION.stream(),
                    Stream.of(
                            EXT4_HAS_NO_MAX_ATOMIC_WRITE,
                            XFS_HAS_NO_MAX_ATOMIC_WRITE,
                            IS_A_NUMBER,
                            ZERO_IS_DEFAULT,
                            IS_A_POWER_OF_TWO,
                            IS_WHOLE_BLOCKS,
                            IS_WITHIN_REACH,
                            SETS_LIMITS))
            .toList();

    /** What the documents promise of the option: not which values a file system can keep. */
    static final Rule PROMISED = MAX_ATOMIC_WRITE_IS_REFUSED_OR_TOLD;

    private RemountRules() {}

    private static Rule refused(
            String id, String sentence, Scope scope, Condition<Remount> condition, String... sources) {
        return answering(
                id,
                sentence,
                scope,
                new Answer<>(
                        Remount.class,
                        condition,
                        (remount, on) -> required(new Outcome.Failed(Errno.EINVAL), refused(remount, on))),
                sources);
    }

    /** Return the value of an option that is a number, or 0. */
    private static long asked(Remount remount) {
        return remount.asked().orElse(XfsGeometry.NO_OPTION);
    }

    private static Limits derived(Situation on, long option) {
        return DerivedLimits.of(on.target(), on.environment(), option).statx().limits();
    }

    private static Expectation reported(Remount remount, Situation on, Limits limits) {
        return required(new Told(on.size(), limits), mounted(remount, on, limits));
    }

    private static boolean isToldBy(Remount remount, Limits limits, Situation on) {
        return asked(remount) == XfsGeometry.NO_OPTION
                ? limits.equals(on.environment().limits())
                : limits.unitMax() == asked(remount) && LimitRules.areInOrder(limits);
    }

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
