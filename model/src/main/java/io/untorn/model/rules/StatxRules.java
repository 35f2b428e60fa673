package io.untorn.model.rules;

import static io.untorn.model.rule.Expectation.required;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.EVERYWHERE;

import io.untorn.model.history.Outcome;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Statx.Via;
import io.untorn.model.rule.Expectation;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Rule.Answer;
import io.untorn.model.rule.Rule.Permission;
import io.untorn.model.rule.Situation;
import io.untorn.model.target.Limits;
import java.util.List;

/** What statx(2) may report, by each way to ask. */
final class StatxRules {
    private static final String CALL =
            "kernel fs/stat.c, vfs_statx, vfs_statx_fd, vfs_statx_path: each way ends in the getattr of one inode (7.3)";

    static final List<Rule> ORDER = List.of(
            through(
                    Via.DESCRIPTOR,
                    "statx-tells-size-and-limits",
                    "statx reports the target's size, and the limits that it reported when the target was mounted.",
                    StatxRules::target,
                    "statx(2), stx_size, stx_atomic_write_unit_min, stx_atomic_write_unit_max"),
            through(
                    Via.PATH,
                    "statx-of-path-tells-the-same",
                    "statx reports the same by the path of a file or device node as by a descriptor.",
                    StatxRules::target,
                    "statx(2), INVOKING STATX",
                    CALL),
            through(
                    Via.O_PATH,
                    "statx-of-o-path-descriptor-tells-the-same",
                    "statx reports the same by a descriptor that was opened with O_PATH.",
                    StatxRules::target,
                    "open(2), O_PATH",
                    "statx(2), AT_EMPTY_PATH",
                    CALL),
            through(
                    Via.LINK_FOLLOWED,
                    "statx-follows-a-link",
                    "statx follows a symbolic link, and reports the same.",
                    StatxRules::target,
                    "statx(2), AT_SYMLINK_NOFOLLOW",
                    CALL),
            through(
                    Via.LINK,
                    "statx-of-a-link-tells-no-limits",
                    "A symbolic link takes no atomic writes, whatever it leads to.",
                    StatxRules::noLimits,
                    "statx(2), AT_SYMLINK_NOFOLLOW, STATX_ATTR_WRITE_ATOMIC",
                    "kernel fs/ext4/inode.c, ext4_getattr; fs/xfs/xfs_iops.c, xfs_vn_getattr: regular files alone (7.3)"),
            through(
                    Via.DIRECTORY,
                    "statx-of-a-directory-tells-no-limits",
                    "A directory takes no atomic writes, whatever the files in it take.",
                    StatxRules::noLimits,
                    "statx(2), STATX_ATTR_WRITE_ATOMIC",
                    "kernel fs/ext4/inode.c, ext4_getattr; fs/xfs/xfs_iops.c, xfs_vn_getattr: regular files alone (7.3)"));

    private StatxRules() {}

    private static Rule through(Via via, String id, String sentence, Permission<Statx> permission, String... sources) {
        return answering(
                id,
                sentence,
                EVERYWHERE,
                new Answer<>(Statx.class, (statx, on) -> statx.via() == via, permission),
                sources);
    }

    private static Expectation target(Statx statx, Situation on) {
        return required(new Outcome.Told(on.size(), on.limits()), on.state());
    }

    private static Expectation noLimits(Statx statx, Situation on) {
        return required(new Outcome.Told(0, Limits.NONE), on.state());
    }
}
