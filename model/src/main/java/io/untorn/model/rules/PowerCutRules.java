package io.untorn.model.rules;

import static io.untorn.model.history.Outcome.DONE;
import static io.untorn.model.rule.Expectation.allowed;
import static io.untorn.model.rule.Expectation.required;
import static io.untorn.model.rule.Rule.aboutData;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.EVERYWHERE;
import static io.untorn.model.rule.Scope.FILES;
import static io.untorn.model.rule.Scope.Support.PRESENT;

import io.untorn.model.history.Outcome;
import io.untorn.model.operation.PowerCut;
import io.untorn.model.operation.Statx;
import io.untorn.model.rule.DataFault;
import io.untorn.model.rule.Expectation;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Rule.Answer;
import io.untorn.model.target.Facility;
import java.util.List;

/**
 * What a power cut may leave.
 *
 * <p>Nothing was in flight: operations follow one another. What no sync had made durable is after the cut old or new,
 * byte by byte, but an atomic write as a whole; the size is any that the file had. Nothing is said about the order in
 * which changes become durable, and a size that ends inside an atomic write says nothing about it.
 */
final class PowerCutRules {
    private static final Rule TARGET_COMES_BACK_AFTER_POWER_CUT = answering(
            "target-comes-back-after-power-cut",
            "After a power cut the target can be mounted and opened again.",
            EVERYWHERE.needing(Facility.POWER_CUT),
            Answer.always(
                    PowerCut.class,
                    (cut, on) -> new Expectation(
                            on.state().afterPowerCut(on.environment().limits()).stream()
                                    .map(state -> allowed(DONE, state))
                                    .toList())),
            "kernel Documentation/filesystems/ext4/journal.rst",
            "pwritev2(2), RWF_ATOMIC: after a power loss all or none");

    private static final Rule SIZE_AFTER_POWER_CUT = answering(
            "size-after-power-cut",
            "After a power cut a file has a size that it had since it was last synced; a write that was synced is "
                    + "inside it.",
            FILES.needing(Facility.POWER_CUT),
            new Answer<>(
                    Statx.class,
                    (statx, on) -> statx.via().leadsToTarget()
                            && on.state().durability().sizeOpen(),
                    (statx, on) -> required(
                            new Outcome.Told(on.size(), on.limits()), on.state().sizeSeen())),
            "fsync(2), DESCRIPTION: fdatasync and the file size",
            "open(2), O_DSYNC");

    private static final Rule POWER_CUT_LEAVES_ATOMIC_WRITE_WHOLE = aboutData(
            "power-cut-leaves-atomic-write-whole",
            "After a power cut all of an atomic write is there, or nothing of it.",
            EVERYWHERE.since(6, 11).where(PRESENT).needing(Facility.POWER_CUT),
            DataFault.TORN_BY_POWER_CUT,
            "pwritev2(2), RWF_ATOMIC: after a power loss all or none",
            "kernel Documentation/filesystems/ext4/atomic_writes.rst",
            "kernel fs/ext4/extents.c, ext4_convert_unwritten_extents_atomic; fs/xfs/xfs_reflink.c, "
                    + "xfs_reflink_end_atomic_cow (6.16 to 7.3)");

    private static final Rule POWER_CUT_KEEPS_WHAT_WAS_SYNCED = aboutData(
            "power-cut-keeps-what-was-synced",
            "A power cut takes away nothing that fsync, fdatasync, syncfs or an unmount had made durable, or that was "
                    + "written with RWF_DSYNC, RWF_SYNC or O_DSYNC.",
            EVERYWHERE.needing(Facility.POWER_CUT),
            DataFault.LOST_IN_POWER_CUT,
            "fsync(2), DESCRIPTION",
            "pwritev2(2), RWF_DSYNC",
            "open(2), O_DSYNC");

    private static final Rule POWER_CUT_LEAVES_OLD_OR_NEW = aboutData(
            "power-cut-leaves-old-or-new",
            "After a power cut, what was not synced is as it was before or after one of the changes.",
            EVERYWHERE.needing(Facility.POWER_CUT),
            DataFault.NEITHER_OLD_NOR_NEW,
            "fsync(2), DESCRIPTION",
            "kernel Documentation/filesystems/ext4/journal.rst, data=ordered");

    static final List<Rule> ORDER = List.of(
            TARGET_COMES_BACK_AFTER_POWER_CUT,
            SIZE_AFTER_POWER_CUT,
            POWER_CUT_LEAVES_ATOMIC_WRITE_WHOLE,
            POWER_CUT_KEEPS_WHAT_WAS_SYNCED,
            POWER_CUT_LEAVES_OLD_OR_NEW);

    private PowerCutRules() {}
}
