package io.untorn.model;

import static io.untorn.model.Expectation.required;
import static io.untorn.model.Outcome.DONE;
import static io.untorn.model.Scope.EVERYWHERE;

import io.untorn.model.Rule.Answer;
import java.util.List;

/** Cut the power, start again, and open the target as a trace finds it. */
public record PowerCut() implements Operation {
    static final List<Rule> RULES = List.of(Rule.answering(
            "target-comes-back-after-power-cut",
            "After a power cut the target can be mounted and opened again.",
            EVERYWHERE.needing(Facility.POWER_CUT),
            Answer.always(PowerCut.class, (cut, on) -> required(DONE, on.state())),
            "kernel Documentation/filesystems/ext4/journal.rst",
            "pwritev2(2), RWF_ATOMIC: after a power loss all or none"));

    @Override
    public void touch(Footprint footprint) {}

    @Override
    public boolean mayChange() {
        return true;
    }

    @Override
    public String toString() {
        return "power cut";
    }
}
