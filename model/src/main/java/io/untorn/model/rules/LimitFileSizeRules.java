package io.untorn.model.rules;

import static io.untorn.model.history.Outcome.DONE;
import static io.untorn.model.rule.Expectation.required;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.EVERYWHERE;

import io.untorn.model.operation.LimitFileSize;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Rule.Answer;
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
