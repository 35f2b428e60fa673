package io.untorn.model.rules;

import static io.untorn.model.history.Outcome.DONE;
import static io.untorn.model.rule.Expectation.required;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.EVERYWHERE;
import static io.untorn.model.rule.Scope.FILES;

import io.untorn.model.history.Errno;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.Reopen;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Rule.Answer;
import java.util.List;

/** What open(2) may answer: of these rules the first that applies decides. */
final class ReopenRules {
    private static final Rule IMMUTABLE_FILE_OPENS_FOR_READING_ONLY = answering(
            "immutable-file-opens-for-reading-only",
            "Opening an immutable file for writing fails with EPERM.",
            FILES,
            new Answer<>(
                    Reopen.class,
                    (reopen, on) -> !reopen.mode().readOnly() && on.is(Attribute.IMMUTABLE),
                    (reopen, on) -> on.refusal(Errno.EPERM)),
            "ioctl_iflags(2), FS_IMMUTABLE_FL",
            "kernel fs/namei.c, inode_permission (6.1 to 7.3)");

    private static final Rule APPEND_ONLY_FILE_OPENS_FOR_APPENDING = answering(
            "append-only-file-opens-for-appending",
            "Opening an append-only file for writing without O_APPEND fails with EPERM.",
            FILES,
            new Answer<>(
                    Reopen.class,
                    (reopen, on) ->
                            !reopen.mode().readOnly() && !reopen.mode().append() && on.is(Attribute.APPEND_ONLY),
                    (reopen, on) -> on.refusal(Errno.EPERM)),
            "ioctl_iflags(2), FS_APPEND_FL",
            "kernel fs/namei.c, may_open (6.1 to 7.3)");

    private static final Rule OPEN_SUCCEEDS = answering(
            "open-succeeds",
            "A target opens in every other mode, with and without O_DIRECT.",
            EVERYWHERE,
            Answer.always(
                    Reopen.class, (reopen, on) -> required(DONE, on.state().opened(reopen.mode()))),
            "open(2), O_APPEND, O_DIRECT, O_DSYNC");

    static final List<Rule> ORDER =
            List.of(IMMUTABLE_FILE_OPENS_FOR_READING_ONLY, APPEND_ONLY_FILE_OPENS_FOR_APPENDING, OPEN_SUCCEEDS);

    private ReopenRules() {}
}
