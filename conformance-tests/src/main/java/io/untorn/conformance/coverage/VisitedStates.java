package io.untorn.conformance.coverage;

import io.untorn.model.operation.Operation;
import io.untorn.model.oracle.JudgementListener;
import io.untorn.model.rule.Situation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The distinct states, by their {@link AbstractState}, that operations met or left. */
public final class VisitedStates implements JudgementListener {
    private final Set<Long> hashes = new HashSet<>();
    private HiddenKernelState hidden = HiddenKernelState.NOTHING;
    private final List<Long> met = new ArrayList<>();

    @Override
    public void beforeOperation(Operation operation, Situation on) {
        if (on.index() == 0) {
            hidden = HiddenKernelState.NOTHING;
            met.clear();
        }
        long state = StateHash.of(AbstractState.of(on.state(), hidden));
        met.add(state);
        hashes.add(state);
        hidden = hidden.after(operation, on);
    }

    /** Return the hash of the state that the last trace had after so many operations, if it went on from there. */
    public long after(int operations) {
        return met.get(operations);
    }

    /** Return the hashes of all. */
    public Set<Long> hashes() {
        return Set.copyOf(hashes);
    }

    int count() {
        return hashes.size();
    }

    void clear() {
        hashes.clear();
    }

    /** Add states that other runs met. */
    void add(Collection<Long> others) {
        hashes.addAll(others);
    }
}
