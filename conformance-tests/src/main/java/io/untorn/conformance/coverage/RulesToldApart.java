package io.untorn.conformance.coverage;

import io.untorn.model.operation.Operation;
import io.untorn.model.oracle.Distinction;
import io.untorn.model.oracle.JudgementListener;
import io.untorn.model.rule.Situation;
import io.untorn.model.rule.Specification;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Which rules a run told apart, as {@link Distinction} has it. A rule that was is not looked at again. */
public final class RulesToldApart implements JudgementListener {
    private final Distinction distinction;
    private final Set<String> ids = new TreeSet<>();

    /** Begin with none of a specification's rules told apart. */
    RulesToldApart(Specification specification) {
        distinction = new Distinction(specification);
    }

    @Override
    public void beforeOperation(Operation operation, Situation on) {}

    @Override
    public synchronized void decided(Operation operation, Situation on, Specification.Decision decision) {
        if (wouldTellApart(operation, on, decision)) {
            ids.add(decision.rule().id());
        }
    }

    /** Tell whether an operation would tell apart a rule that was not told apart before. */
    synchronized boolean wouldTellApart(Operation operation, Situation on, Specification.Decision decision) {
        return !ids.contains(decision.rule().id())
                && distinction.hiding(operation, on).isEmpty();
    }

    /** Tell whether a rule was told apart. */
    public synchronized boolean contains(String rule) {
        return ids.contains(rule);
    }

    /** Return the ids of the rules that were told apart. */
    synchronized Set<String> ids() {
        return Set.copyOf(ids);
    }

    synchronized void clear() {
        ids.clear();
    }

    /** Add rules that other runs told apart. */
    synchronized void add(Collection<String> others) {
        ids.addAll(others);
    }
}
