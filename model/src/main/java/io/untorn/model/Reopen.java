package io.untorn.model;

import static io.untorn.model.Expectation.required;
import static io.untorn.model.Outcome.DONE;
import static io.untorn.model.Scope.EVERYWHERE;
import static io.untorn.model.Scope.FILES;

import io.untorn.model.Rule.Answer;
import java.util.List;

/** Open the descriptors of reads and writes in a mode, and close those before; if that fails those stay open. */
public record Reopen(OpenMode mode) implements Operation {
    static List<Rule> rules() {
        return List.of(
                Rule.answering(
                        "immutable-file-opens-for-reading-only",
                        "Opening an immutable file for writing fails with EPERM.",
                        FILES,
                        new Answer<>(
                                Reopen.class,
                                (reopen, on) -> !reopen.mode().readOnly() && on.is(Attribute.IMMUTABLE),
                                (reopen, on) -> on.refusal(Errno.EPERM)),
                        "ioctl_iflags(2), FS_IMMUTABLE_FL",
                        "kernel fs/namei.c, inode_permission (6.1 to 7.3)"),
                Rule.answering(
                        "append-only-file-opens-for-appending",
                        "Opening an append-only file for writing without O_APPEND fails with EPERM.",
                        FILES,
                        new Answer<>(
                                Reopen.class,
                                (reopen, on) -> !reopen.mode().readOnly()
                                        && !reopen.mode().append()
                                        && on.is(Attribute.APPEND_ONLY),
                                (reopen, on) -> on.refusal(Errno.EPERM)),
                        "ioctl_iflags(2), FS_APPEND_FL",
                        "kernel fs/namei.c, may_open (6.1 to 7.3)"),
                Rule.answering(
                        "open-succeeds",
                        "A target opens in every other mode, with and without O_DIRECT.",
                        EVERYWHERE,
                        Answer.always(
                                Reopen.class,
                                (reopen, on) -> required(DONE, on.state().opened(reopen.mode()))),
                        "open(2), O_APPEND, O_DIRECT, O_DSYNC"));
    }

    @Override
    public void touch(Footprint footprint) {
        if (mode.append()) {
            footprint.appending();
        }
    }

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return "open " + mode;
    }
}
