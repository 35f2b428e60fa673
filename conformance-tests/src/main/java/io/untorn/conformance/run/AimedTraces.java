package io.untorn.conformance.run;

import io.untorn.conformance.coverage.Coverage;
import io.untorn.conformance.picture.Forecast;
import io.untorn.conformance.result.TargetResult;
import io.untorn.model.contents.TooManyWorldsException;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Operation;
import io.untorn.model.oracle.JudgementListener;
import io.untorn.model.oracle.Oracle;
import io.untorn.model.rule.Situation;
import io.untorn.model.rule.Specification;
import java.util.Random;
import java.util.function.BooleanSupplier;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;

/**
 * Draws traces that reach what a run has not reached yet, when it is late: the model computes for each of many candidates
 * which rules it would tell apart and which cells it would hit, and the first that reaches anything new is cut after the last
 * operation that does. If none of them does, plain traces follow, each time twice as many, before it is tried again.
 */
final class AimedTraces implements RandomGenerator<Trace> {
    private static final int CANDIDATES = 64;
    private static final int LONGEST_PAUSE = 16;

    private final RandomGenerator<Trace> traces;
    private final TargetResult result;
    private final Oracle oracle;
    private final BooleanSupplier late;
    private int pause = 1;
    private int left;

    /**
     * Draw traces for a target.
     *
     * @param traces draws the candidates
     * @param result what was reached
     * @param late whether to aim; if not, the candidates are taken as they come
     */
    AimedTraces(RandomGenerator<Trace> traces, TargetResult result, BooleanSupplier late) {
        this.traces = traces;
        this.result = result;
        this.late = late;
        oracle = new Oracle(result.specification());
    }

    @Override
    public Shrinkable<Trace> next(Random random) {
        if (left > 0) {
            left--;
        } else if (late.getAsBoolean() && !result.isEnough()) {
            for (int i = 0; i < CANDIDATES; i++) {
                Trace candidate = traces.next(random).value();
                int useful = useful(candidate);
                if (useful > 0) {
                    pause = 1;
                    return Shrinkable.unshrinkable(
                            new Trace(candidate.target(), candidate.operations().subList(0, useful)));
                }
            }
            left = pause;
            pause = Math.min(2 * pause, LONGEST_PAUSE);
        }
        return traces.next(random);
    }

    /** Return how many operations of a trace it takes to reach all that it would reach first; 0 if there is nothing. */
    private int useful(Trace trace) {
        Last last = new Last(result.coverage());
        try {
            oracle.judge(Forecast.of(trace, result.environment(), result.specification()), last);
        } catch (TooManyWorldsException e) {
            return 0;
        }
        return last.useful;
    }

    /** Looks for the last operation of a trace that reaches something first. */
    private static final class Last implements JudgementListener {
        private final Coverage coverage;
        private int useful;

        Last(Coverage coverage) {
            this.coverage = coverage;
        }

        @Override
        public void beforeOperation(Operation operation, Situation on) {}

        @Override
        public void decided(Operation operation, Situation on, Specification.Decision decision) {
            if (coverage.reachesFirst(operation, on, decision)) {
                useful = on.index() + 1;
            }
        }
    }
}
