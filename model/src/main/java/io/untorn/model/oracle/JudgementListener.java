package io.untorn.model.oracle;

import io.untorn.model.operation.Operation;
import io.untorn.model.rule.Situation;
import io.untorn.model.rule.Specification;
import io.untorn.model.state.FileState;

/** Is called for each operation of a history while it is judged. */
@FunctionalInterface
public interface JudgementListener {
    /** Does nothing. */
    JudgementListener NONE = (operation, on) -> {};

    /** Called for each operation that is judged, with the first of the worlds that are possible before it. */
    void beforeOperation(Operation operation, Situation on);

    /**
     * Called for each operation that is judged, with what decides about it in the first of the worlds before it that its
     * outcome did not rule out; if it ruled out all of them, in one of these.
     */
    default void decided(Operation operation, Situation on, Specification.Decision decision) {}

    /** Called for each operation that broke no rule, with the first of the worlds that are possible after it. */
    default void afterOperation(FileState after) {}
}
