package io.untorn.model.oracle;

import io.untorn.model.operation.Operation;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.FileState;

/** Is called for each operation of a history while it is judged. */
@FunctionalInterface
public interface JudgementListener {
    /** Does nothing. */
    JudgementListener NONE = (operation, on) -> {};

    /** Called for each operation that is judged, with the first of the worlds that are possible before it. */
    void beforeOperation(Operation operation, Situation on);

    /** Called for each operation that broke no rule, with the first of the worlds that are possible after it. */
    default void afterOperation(FileState after) {}
}
