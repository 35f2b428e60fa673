package io.untorn.conformance.coverage;

import io.untorn.conformance.generate.partition.Attempt;
import io.untorn.conformance.generate.partition.Dimension;
import io.untorn.model.history.Outcome;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Distinction;
import io.untorn.model.rule.Specification;
import java.util.Set;

/** Tells in which respects a fault could show in the answer of an atomic write. */
final class Telling {
    private final Specification specification;
    private final Attempt attempt;
    private final boolean everywhere;

    /** What a write that is refused may answer; of others nothing is asked. */
    private final Set<Outcome> answers;

    /**
     * Look at a write.
     *
     * @param decision what decides about it
     */
    Telling(Specification specification, Attempt attempt, Specification.Decision decision) {
        this.specification = specification;
        this.attempt = attempt;
        Write write = attempt.write();
        boolean supported = attempt.on().environment().limits().supported();
        boolean mayBeDone = write.length() > 0
                && !decision.expectation()
                        .worldsAfter(new Outcome.Returned(write.length()), true)
                        .isEmpty();
        everywhere = mayBeDone || !supported;
        answers = everywhere ? Set.of() : Distinction.answers(decision.expectation(), write);
    }

    /** Tell whether a fault could show in a respect. */
    boolean in(Dimension dimension) {
        if (everywhere) {
            return true;
        }
        Attempt ordinary = dimension.ordinary(attempt);
        Write write = ordinary.write();
        Specification.Decision decision = specification.decide(write, ordinary.on());
        return !Distinction.answers(decision.expectation(), write).equals(answers);
    }
}
