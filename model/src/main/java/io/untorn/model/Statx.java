package io.untorn.model;

import static io.untorn.model.Expectation.required;
import static io.untorn.model.Scope.EVERYWHERE;

import io.untorn.model.Rule.Answer;
import java.util.List;

/** Ask for size and limits with statx(2). */
public record Statx() implements Operation {
    static List<Rule> rules() {
        return List.of(Rule.answering(
                "statx-tells-size-and-limits",
                "statx tells the target's size, and the limits that it told when the target was mounted.",
                EVERYWHERE,
                Answer.always(
                        Statx.class, (statx, on) -> required(new Outcome.Told(on.size(), on.limits()), on.state())),
                "statx(2), stx_size, stx_atomic_write_unit_min, stx_atomic_write_unit_max"));
    }

    @Override
    public void touch(Footprint footprint) {}

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return "statx";
    }
}
