package io.untorn.model;

import static io.untorn.model.Expectation.required;
import static io.untorn.model.Outcome.DONE;
import static io.untorn.model.Scope.DEVICES;
import static io.untorn.model.Scope.FILES;

import io.untorn.model.Rule.Answer;
import java.util.List;

/** Set the size with ftruncate(2), in bytes, a multiple of {@link Stamp#WORD}. */
public record Truncate(long size) implements Operation {
    static final List<Rule> RULES = List.of(
            Rule.answering(
                    "device-has-no-truncate",
                    "A block device can't be truncated: EINVAL.",
                    DEVICES,
                    Answer.always(Truncate.class, (truncate, on) -> on.refusal(Errno.EINVAL)),
                    "truncate(2), ERRORS, EINVAL"),
            Rule.answering(
                    "truncate-within-size-limit",
                    "Making a file longer than RLIMIT_FSIZE fails with EFBIG.",
                    FILES,
                    new Answer<>(
                            Truncate.class,
                            (truncate, on) -> truncate.size() > on.size() && on.exceedsSizeLimit(truncate.size()),
                            (truncate, on) -> on.refusal(Errno.EFBIG)),
                    "setrlimit(2), RLIMIT_FSIZE",
                    "kernel fs/attr.c, inode_newsize_ok (6.1 to 7.3)"),
            Rule.answering(
                    "truncate-sets-size",
                    "Truncating a file sets its size; what is new reads as zeros.",
                    FILES,
                    Answer.always(
                            Truncate.class,
                            (truncate, on) -> required(
                                    DONE,
                                    on.state()
                                            .truncated(
                                                    truncate.size(), on.target().allocationUnit()))),
                    "truncate(2), DESCRIPTION"));

    public Truncate {
        Place.require(size, 0);
        Place.requireWords(size, 0);
    }

    @Override
    public void touch(Footprint footprint) {
        footprint.range(size, 0);
    }

    @Override
    public boolean mayChange() {
        return true;
    }

    @Override
    public String toString() {
        return "truncate to " + size + " bytes";
    }
}
