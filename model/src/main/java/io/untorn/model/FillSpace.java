package io.untorn.model;

import static io.untorn.model.Expectation.required;
import static io.untorn.model.Outcome.DONE;
import static io.untorn.model.Scope.DEVICES;
import static io.untorn.model.Scope.FILES;

import io.untorn.model.Rule.Answer;
import java.util.List;
import java.util.Locale;

/**
 * Write back all that is cached, syncfs(2), and then take the free space of the file system for another file, or give it
 * back. On a block device it does nothing.
 *
 * @param left what is left
 */
public record FillSpace(FreeSpace left) implements Operation {
    /** Bytes that are {@link FreeSpace#A_LITTLE}. */
    public static final int LITTLE = 64 << 10;

    static List<Rule> rules() {
        return List.of(
                Rule.answering(
                        "device-has-no-space-to-fill",
                        "A block device has no free space: nothing is done.",
                        DEVICES,
                        Answer.always(FillSpace.class, (fill, on) -> required(DONE, on.state())),
                        "statfs(2), DESCRIPTION"),
                Rule.answering(
                        "other-files-take-space-only",
                        "Another file takes free space and gives it back; nothing else changes, and all that was written is "
                                + "durable.",
                        FILES,
                        Answer.always(
                                FillSpace.class,
                                (fill, on) -> required(DONE, on.state().filled(fill.left()))),
                        "fallocate(2), Allocating disk space",
                        "syncfs(2), DESCRIPTION"));
    }

    @Override
    public void touch(Footprint footprint) {}

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return "leave " + left.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " free";
    }
}
