package io.untorn.conformance.coverage;

import io.untorn.model.operation.Operation;
import io.untorn.model.oracle.JudgementListener;
import io.untorn.model.rule.Situation;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** The distinct states, by their {@link AbstractState}, that operations met or left. */
public final class VisitedStates implements JudgementListener {
    private final Set<Long> hashes = new HashSet<>();
    private HiddenKernelState hidden = HiddenKernelState.NOTHING;
    private long last;

    @Override
    public void beforeOperation(Operation operation, Situation on) {
        if (on.index() == 0) {
            hidden = HiddenKernelState.NOTHING;
        }
        last = AbstractState.of(on.state(), hidden).hash();
        hashes.add(last);
        hidden = hidden.after(operation, on);
    }

    /** Return the hash of the state met last: of a trace with its reading back, the one after its own operations. */
    public long last() {
        return last;
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
