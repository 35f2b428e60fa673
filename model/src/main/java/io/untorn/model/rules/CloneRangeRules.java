package io.untorn.model.rules;

import static io.untorn.model.history.Outcome.DONE;
import static io.untorn.model.rule.Expectation.allowed;
import static io.untorn.model.rule.Expectation.notable;
import static io.untorn.model.rule.Expectation.required;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.EVERYWHERE;
import static io.untorn.model.target.TargetKind.BLOCK_DEVICE;
import static io.untorn.model.target.TargetKind.EXT4;
import static io.untorn.model.target.TargetKind.XFS;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.Subject;
import io.untorn.model.rule.Expectation;
import io.untorn.model.rule.Expectation.Permit;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Rule.Answer;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.FileState;
import java.util.ArrayList;
import java.util.List;

/** What ioctl_ficlonerange(2) may answer: of these rules the first that applies decides. */
final class CloneRangeRules {
    private static final Rule CLONE_UNSUPPORTED = answering(
            "clone-unsupported",
            "A target that can't share blocks refuses to clone and changes nothing: EOPNOTSUPP on ext4, EINVAL on a "
                    + "device.",
            EVERYWHERE.on(BLOCK_DEVICE, EXT4),
            Answer.always(
                    CloneRange.class,
                    (clone, on) -> on.refusal(on.target().kind().isFile() ? Errno.EOPNOTSUPP : Errno.EINVAL)),
            "ioctl_ficlonerange(2), ERRORS, EOPNOTSUPP, EINVAL",
            "kernel fs/remap_range.c, vfs_clone_file_range: EINVAL for what is no regular file, EOPNOTSUPP without "
                    + "remap_file_range (6.1 to 7.3)");

    private static final Rule IMMUTABLE_FILE_TAKES_NO_CLONE = answering(
            "immutable-file-takes-no-clone",
            "A clone into an immutable file fails with EPERM, also through a descriptor that was opened before.",
            EVERYWHERE.on(XFS),
            new Answer<>(
                    CloneRange.class,
                    (clone, on) -> clone.to() == Subject.FILE && on.is(Attribute.IMMUTABLE),
                    (clone, on) -> on.refusal(Errno.EPERM)),
            "ioctl_ficlonerange(2), ERRORS, EPERM",
            "kernel fs/remap_range.c, generic_remap_file_range_prep (6.1 to 7.3)");

    private static final Rule CLONE_MUST_FIT = answering(
            "clone-must-fit",
            "A clone that is not in whole blocks, overlaps itself, reaches past EOF or crosses RLIMIT_FSIZE may fail "
                    + "with EINVAL, or EFBIG for the limit.",
            EVERYWHERE.on(XFS),
            new Answer<>(CloneRange.class, CloneRangeRules::isMisfit, CloneRangeRules::refusedOrDone),
            "ioctl_ficlonerange(2), ERRORS, EINVAL",
            "kernel fs/remap_range.c, generic_remap_checks: EINVAL; fs/read_write.c, generic_write_check_limits: EFBIG (6.1 to "
                    + "7.3)");

    private static final Rule CLONE_MAY_LACK_SPACE = answering(
                    "clone-may-lack-space",
                    "If space is scarce, a clone may fail with ENOSPC. No document says what is shared by then: "
                            + "nothing, or the first blocks; in that case the error may be EINVAL.",
                    EVERYWHERE.on(XFS),
                    new Answer<>(CloneRange.class, (clone, on) -> on.isSpaceScarce(), CloneRangeRules::doneOrLacking),
                    "kernel fs/xfs/xfs_file.c, xfs_file_remap_range; fs/ioctl.c, ioctl_file_clone (6.1 to 7.3)")
            .silent();

    private static final Rule CLONE_SHARES_DATA = answering(
            "clone-shares-data",
            "A cloned range reads as its source did.",
            EVERYWHERE.on(XFS),
            Answer.always(
                    CloneRange.class, (clone, on) -> required(DONE, on.state().cloned(clone))),
            "ioctl_ficlonerange(2), DESCRIPTION");

    static final List<Rule> ORDER = List.of(
            CLONE_UNSUPPORTED, IMMUTABLE_FILE_TAKES_NO_CLONE, CLONE_MUST_FIT, CLONE_MAY_LACK_SPACE, CLONE_SHARES_DATA);

    private CloneRangeRules() {}

    private static boolean isMisfit(CloneRange clone, Situation on) {
        return (clone.source() | clone.destination() | clone.length())
                                % on.target().blockSize()
                        != 0
                || !isSourceInside(clone, on)
                || clone.overlapsItself()
                || on.exceedsSizeLimit(clone.destination() + clone.length());
    }

    private static boolean isSourceInside(CloneRange clone, Situation on) {
        return clone.source() + clone.length()
                <= on.state().contents(clone.from()).end();
    }

    private static Expectation refusedOrDone(CloneRange clone, Situation on) {
        Refusals refusals = Refusals.of(Errno.EINVAL)
                .or(Errno.EFBIG, on.exceedsSizeLimit(clone.destination() + clone.length()))
                .or(Errno.ENOSPC, on.isSpaceScarce());
        return isSourceInside(clone, on)
                ? refusals.besides(allowed(DONE, on.state().cloned(clone)), on)
                : new Expectation(refusals.of(on));
    }

    private static Expectation doneOrLacking(CloneRange clone, Situation on) {
        List<Permit> permits = new ArrayList<>(List.of(
                allowed(DONE, on.state().cloned(clone)),
                on.noSpace(),
                allowed(new Outcome.Failed(Errno.EINVAL), on.state())));
        int block = on.target().blockSize();
        for (int shared = block; shared < clone.length(); shared += block) {
            FileState after = on.state().cloned(clone.cutTo(shared));
            permits.add(notable(new Outcome.Failed(Errno.ENOSPC), after));
            permits.add(notable(new Outcome.Failed(Errno.EINVAL), after));
        }
        return new Expectation(permits);
    }
}
