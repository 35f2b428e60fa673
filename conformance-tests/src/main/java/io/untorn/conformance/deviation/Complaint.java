package io.untorn.conformance.deviation;

import io.untorn.model.history.History;
import io.untorn.model.history.Step;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Situation;
import java.util.HashSet;
import java.util.Set;

/**
 * A write that meets a state makes the kernel complain.
 *
 * @param condition when it does
 */
record Complaint(Rule.Condition<Write> condition) implements Mechanism {
    @Override
    public Trail follow(History history) {
        Set<Integer> met = new HashSet<>();
        return new Trail() {
            @Override
            public boolean see(Step step, Situation on) {
                return step.operation() instanceof Write write && condition.applies(write, on) && met.add(on.index());
            }

            @Override
            public boolean madeComplaint(int step) {
                return met.contains(step);
            }
        };
    }
}
