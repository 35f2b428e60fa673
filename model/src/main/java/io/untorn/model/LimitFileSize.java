package io.untorn.model;

import static io.untorn.model.Expectation.required;
import static io.untorn.model.Outcome.DONE;
import static io.untorn.model.Scope.EVERYWHERE;

import io.untorn.model.Rule.Answer;
import java.util.List;

/**
 * Set RLIMIT_FSIZE of the process with setrlimit(2).
 *
 * @param bytes the largest size a file may be given; {@link #UNLIMITED} for none
 */
public record LimitFileSize(long bytes) implements Operation {
    public static final long UNLIMITED = -1;

    static List<Rule> rules() {
        return List.of(Rule.answering(
                "size-limit-is-set",
                "setrlimit returns 0.",
                EVERYWHERE,
                Answer.always(
                        LimitFileSize.class,
                        (limit, on) -> required(DONE, on.state().sizeLimited(limit.bytes()))),
                "setrlimit(2), RLIMIT_FSIZE"));
    }

    public LimitFileSize {
        if (bytes != UNLIMITED) {
            Place.require(bytes, 0);
            Place.requireWords(bytes, 0);
        }
    }

    @Override
    public void touch(Footprint footprint) {}

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return bytes == UNLIMITED ? "no limit for file sizes" : "limit file sizes to " + bytes + " bytes";
    }
}
