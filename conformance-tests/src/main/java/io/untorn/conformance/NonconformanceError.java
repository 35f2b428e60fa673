package io.untorn.conformance;

import io.untorn.model.History;
import io.untorn.model.Trace;
import io.untorn.model.Verdict;
import io.untorn.model.Verdict.Violation;

/** Tells that a kernel broke a rule. */
final class NonconformanceError extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final transient Trace trace;
    private final transient History history;
    private final transient Verdict verdict;
    private final transient Violation violation;

    NonconformanceError(Trace trace, History history, Verdict verdict, Violation violation) {
        super(violation.rule().id() + ": expected " + violation.expected() + ", but it " + violation.actual());
        this.trace = trace;
        this.history = history;
        this.verdict = verdict;
        this.violation = violation;
    }

    Trace trace() {
        return trace;
    }

    History history() {
        return history;
    }

    Verdict verdict() {
        return verdict;
    }

    Violation violation() {
        return violation;
    }
}
