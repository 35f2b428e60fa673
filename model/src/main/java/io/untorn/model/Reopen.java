package io.untorn.model;

import static io.untorn.model.Expectation.required;
import static io.untorn.model.Outcome.DONE;
import static io.untorn.model.Scope.EVERYWHERE;

import io.untorn.model.Rule.Answer;
import java.util.List;

/** Close the descriptors of reads and writes and open them in a mode. */
public record Reopen(OpenMode mode) implements Operation {
    static final List<Rule> RULES = List.of(Rule.answering(
            "open-succeeds",
            "A target opens in every mode, with and without O_DIRECT.",
            EVERYWHERE,
            Answer.always(
                    Reopen.class, (reopen, on) -> required(DONE, on.state().opened(reopen.mode()))),
            "open(2), O_APPEND, O_DIRECT, O_DSYNC"));

    @Override
    public void touch(Footprint footprint) {
        if (mode.append()) {
            footprint.appending();
        }
    }

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return "open " + mode;
    }
}
