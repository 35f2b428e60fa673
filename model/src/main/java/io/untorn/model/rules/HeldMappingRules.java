package io.untorn.model.rules;

import static io.untorn.model.history.Outcome.DONE;
import static io.untorn.model.rule.Expectation.required;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.EVERYWHERE;
import static io.untorn.model.rule.Scope.FILES;

import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome.Failed;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.HoldMapping;
import io.untorn.model.operation.ReleaseMapping;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Rule.Answer;
import java.util.List;

/** What may come of keeping a mapping: of these rules the first that applies decides. */
final class HeldMappingRules {
    private static final Rule APPEND_ONLY_FILE_IS_NOT_HELD = answering(
            "append-only-file-is-not-held",
            "An append-only file can't be mapped shared through a descriptor that can write, to keep the mapping either: EACCES.",
            FILES,
            new Answer<>(
                    HoldMapping.class,
                    (hold, on) -> on.is(Attribute.APPEND_ONLY),
                    (hold, on) -> required(new Failed(Errno.EACCES), on.state().released())),
            "mmap(2), ERRORS, EACCES",
            "kernel mm/mmap.c, do_mmap (6.1 to 7.3)");

    private static final Rule HOLDING_A_MAPPING_CHANGES_NOTHING = answering(
            "holding-a-mapping-changes-nothing",
            "A range can be mapped, also past the end, and the target stays as it was.",
            EVERYWHERE,
            Answer.always(
                    HoldMapping.class, (hold, on) -> required(DONE, on.state().holding(hold))),
            "mmap(2), MAP_SHARED, MAP_POPULATE",
            "kernel mm/gup.c, __mm_populate: a page that can't be had is no error (6.1 to 7.3)");

    private static final Rule RELEASING_A_MAPPING_CHANGES_NOTHING = answering(
            "releasing-a-mapping-changes-nothing",
            "What was stored in a mapping stays when it is unmapped.",
            EVERYWHERE,
            Answer.always(
                    ReleaseMapping.class,
                    (release, on) -> required(DONE, on.state().released())),
            "munmap(2), DESCRIPTION",
            "mmap(2), MAP_SHARED");

    static final List<Rule> ORDER = List.of(
            APPEND_ONLY_FILE_IS_NOT_HELD, HOLDING_A_MAPPING_CHANGES_NOTHING, RELEASING_A_MAPPING_CHANGES_NOTHING);

    private HeldMappingRules() {}
}
