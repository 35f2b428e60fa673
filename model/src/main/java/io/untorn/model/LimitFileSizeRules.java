package io.untorn.model;

import static io.untorn.model.Expectation.required;
import static io.untorn.model.Outcome.DONE;
import static io.untorn.model.Rule.answering;
import static io.untorn.model.Scope.EVERYWHERE;

import io.untorn.model.Rule.Answer;
import java.util.List;

/** What setrlimit(2) may answer. */
final class LimitFileSizeRules {
    private static final Rule SIZE_LIMIT_IS_SET = answering(
            "size-limit-is-set",
            "setrlimit returns 0.",
            EVERYWHERE,
            Answer.always(
                    LimitFileSize.class,
                    (limit, on) -> required(DONE, on.state().sizeLimited(limit.bytes()))),
            "setrlimit(2), RLIMIT_FSIZE");

    static final List<Rule> ORDER = List.of(SIZE_LIMIT_IS_SET);

    private LimitFileSizeRules() {}
}
