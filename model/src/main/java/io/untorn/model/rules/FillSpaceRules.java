package io.untorn.model.rules;

import static io.untorn.model.history.Outcome.DONE;
import static io.untorn.model.rule.Expectation.required;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.DEVICES;
import static io.untorn.model.rule.Scope.FILES;

import io.untorn.model.operation.FillSpace;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Rule.Answer;
import java.util.List;

/** What a target is like when other files took its space, or gave it back. */
final class FillSpaceRules {
    private static final Rule DEVICE_HAS_NO_SPACE_TO_FILL = answering(
            "device-has-no-space-to-fill",
            "A block device has no free space: nothing is done.",
            DEVICES,
            Answer.always(FillSpace.class, (fill, on) -> required(DONE, on.state())),
            "statfs(2), DESCRIPTION");

    private static final Rule OTHER_FILES_TAKE_SPACE_ONLY = answering(
            "other-files-take-space-only",
            "Another file takes free space and gives it back; nothing else changes, and all that was written is "
                    + "durable.",
            FILES,
            Answer.always(
                    FillSpace.class, (fill, on) -> required(DONE, on.state().filled(fill.left()))),
            "fallocate(2), Allocating disk space",
            "syncfs(2), DESCRIPTION");

    static final List<Rule> ORDER = List.of(DEVICE_HAS_NO_SPACE_TO_FILL, OTHER_FILES_TAKE_SPACE_ONLY);

    private FillSpaceRules() {}
}
