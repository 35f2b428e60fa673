package io.untorn.model.rules;

import static io.untorn.model.rule.Expectation.required;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.EVERYWHERE;

import io.untorn.model.history.Outcome;
import io.untorn.model.operation.Statx;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Rule.Answer;
import java.util.List;

/** What statx(2) may report. */
final class StatxRules {
    private static final Rule STATX_TELLS_SIZE_AND_LIMITS = answering(
            "statx-tells-size-and-limits",
            "statx reports the target's size, and the limits that it reported when the target was mounted.",
            EVERYWHERE,
            Answer.always(Statx.class, (statx, on) -> required(new Outcome.Told(on.size(), on.limits()), on.state())),
            "statx(2), stx_size, stx_atomic_write_unit_min, stx_atomic_write_unit_max");

    static final List<Rule> ORDER = List.of(STATX_TELLS_SIZE_AND_LIMITS);

    private StatxRules() {}
}
