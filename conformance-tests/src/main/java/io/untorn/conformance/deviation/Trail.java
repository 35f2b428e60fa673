package io.untorn.conformance.deviation;

import io.untorn.model.contents.Contents;
import io.untorn.model.history.Step;
import io.untorn.model.operation.Subject;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.FileState;
import java.util.Optional;

/** Follows one mechanism through one history. */
public interface Trail {
    /**
     * See an operation, in a world before it that its outcome did not rule out.
     *
     * @return whether the mechanism can show from here on: its operation met its state
     */
    boolean see(Step step, Situation on);

    /**
     * Return the world that an operation leaves, if its wrong answer is what the mechanism makes of it. The operation is
     * seen only after that.
     */
    default Optional<FileState> explain(Step step, Situation on) {
        return Optional.empty();
    }

    /**
     * Return up to where data that is wrong from a byte on is what the mechanism leaves there.
     *
     * @param at the offset of the byte, inside the wrong range
     * @return an offset in bytes, the byte's own if the mechanism does not explain it
     */
    default long explainedUpTo(Subject subject, Contents.Difference wrong, long at) {
        return at;
    }

    /**
     * Tell whether the mechanism made the kernel complain, or stop, in an operation.
     *
     * @param step its place in the trace, from 0
     */
    default boolean madeComplaint(int step) {
        return false;
    }
}
