package io.untorn.model.oracle;

import io.untorn.model.history.History;
import io.untorn.model.history.Step;
import io.untorn.model.oracle.Verdict.Violation;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.FileState;
import java.util.Map;
import java.util.Optional;

/** What released kernels are known to do wrong. Where one of them explains what no rule permits, judging goes on. */
@FunctionalInterface
public interface Deviations {
    /** Knows none. */
    Deviations NONE = history -> new Course() {
        @Override
        public Optional<Explained> explain(Violation violation, Step step, Situation on) {
            return Optional.empty();
        }

        @Override
        public void see(Step step, Situation on) {}

        @Override
        public Optional<String> explain(Violation violation) {
            return Optional.empty();
        }

        @Override
        public Map<String, Integer> met() {
            return Map.of();
        }
    };

    /** Begin to follow a history. */
    Course follow(History history);

    /**
     * A wrong outcome that one of them explains.
     *
     * @param deviation its id
     * @param after the world that it leaves
     */
    record Explained(String deviation, FileState after) {}

    /** Follows one history, operation by operation. */
    interface Course {
        /** Explain the wrong outcome of an operation, in one of the worlds that are possible before it. */
        Optional<Explained> explain(Violation violation, Step step, Situation on);

        /** See an operation, in the first of the worlds before it that its outcome did not rule out. */
        void see(Step step, Situation on);

        /** Return the id of what explains a violation that the history as a whole shows; asked when all was seen. */
        Optional<String> explain(Violation violation);

        /** Return how often each, by its id, could have shown: its operation met its state. */
        Map<String, Integer> met();
    }
}
