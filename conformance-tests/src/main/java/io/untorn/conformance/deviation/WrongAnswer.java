package io.untorn.conformance.deviation;

import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.operation.Operation;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.FileState;
import java.util.Optional;

/**
 * An operation that meets a state gets a wrong answer, whatever came before.
 *
 * @param operation the kind of operation
 * @param condition when it is answered wrong
 * @param answer the wrong answer, and what it leaves
 */
record WrongAnswer<O extends Operation>(Class<O> operation, Rule.Condition<O> condition, Answer<O> answer)
        implements Mechanism {
    /** Tells one wrong answer from all others. */
    @FunctionalInterface
    interface Answer<O extends Operation> {
        /** Return the world that the wrong answer leaves; empty if the answer is another. */
        Optional<FileState> after(O operation, Situation on, Outcome outcome);
    }

    @Override
    public Trail follow(History history) {
        return new Trail() {
            @Override
            public boolean see(Step step, Situation on) {
                return isMet(step, on);
            }

            @Override
            public Optional<FileState> explain(Step step, Situation on) {
                return isMet(step, on)
                        ? answer.after(operation.cast(step.operation()), on, step.outcome())
                        : Optional.empty();
            }
        };
    }

    private boolean isMet(Step step, Situation on) {
        return operation.isInstance(step.operation()) && condition.applies(operation.cast(step.operation()), on);
    }
}
