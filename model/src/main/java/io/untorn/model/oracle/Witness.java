package io.untorn.model.oracle;

import io.untorn.model.operation.Operation;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.FileState;

/** Sees what the operations of a history met, while it is judged. */
@FunctionalInterface
public interface Witness {
    /** Looks away. */
    Witness NONE = (operation, on) -> {};

    /** Called for each operation that is judged, with the first of the worlds that are possible before it. */
    void met(Operation operation, Situation on);

    /** Called for each operation that broke no rule, with the first of the worlds that are possible behind it. */
    default void left(FileState behind) {}
}
