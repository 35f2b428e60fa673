package io.untorn.model.rules;

import static io.untorn.model.rule.Expectation.required;
import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.EVERYWHERE;

import io.untorn.model.history.Outcome.Returned;
import io.untorn.model.operation.TellPosition;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Rule.Answer;
import java.util.List;

/** Where a descriptor's position is. */
final class TellPositionRules {
    private static final Rule POSITION_MOVES_BY_WHAT_WAS_WRITTEN = answering(
            "position-moves-by-what-was-written",
            "A write at the position moves it behind what was written; one that is refused, or that names its place, leaves it. "
                    + "One through a ring moves it so only if it was done at once, or leaves it.",
            EVERYWHERE,
            Answer.always(
                    TellPosition.class,
                    (tell, on) -> required(new Returned(on.state().open().position(tell.access())), on.state())),
            "write(2), DESCRIPTION; pwritev2(2), offset -1",
            "io_uring_enter(2), IORING_OP_WRITE",
            "kernel io_uring/rw.c, io_kiocb_update_pos, kiocb_done: f_pos becomes ki_pos where write_iter returned 0 or more, "
                    + "not for an error, nor for -EIOCBQUEUED (6.1 to 7.3)");

    static final List<Rule> ORDER = List.of(POSITION_MOVES_BY_WHAT_WAS_WRITTEN);

    private TellPositionRules() {}
}
