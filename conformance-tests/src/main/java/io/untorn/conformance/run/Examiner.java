package io.untorn.conformance.run;

import io.untorn.conformance.judge.Judge;
import io.untorn.conformance.judge.KnownDeviation;
import io.untorn.conformance.judge.NonconformanceError;
import io.untorn.model.contents.TooManyWorldsException;
import io.untorn.model.history.History;
import io.untorn.model.history.KernelUnderTest;
import io.untorn.model.history.Trace;
import io.untorn.model.oracle.JudgementListener;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.rule.Specification;
import io.untorn.vm.host.UntornException;
import java.util.List;

/** Runs traces on the prepared target and judges them; counts nothing. */
public final class Examiner {
    /** How often a trace that broke a rule is run again to see how reliably it does. */
    static final int REPEATS = 3;

    private final KernelUnderTest kernel;
    private final Specification specification;
    private final List<KnownDeviation> known;

    Examiner(KernelUnderTest kernel, Specification specification, List<KnownDeviation> known) {
        this.kernel = kernel;
        this.specification = specification;
        this.known = known;
    }

    /** Return what runs of a trace: it, and the reads that show what it left. */
    static Trace observed(Trace trace) {
        return trace.withReadBack();
    }

    /**
     * Run a trace, in the machine as it is, and judge it: it conforms.
     *
     * @param listener sees what its operations meet and leave
     * @throws NonconformanceError if the kernel broke a rule
     * @throws TooManyWorldsException if it can't be judged
     * @throws UntornException if not every operation was answered: a failure of machinery
     */
    Examined examine(Trace trace, JudgementListener listener) {
        Trace observed = observed(trace);
        History history = kernel.run(observed);
        Verdict verdict = Judge.oracle(specification).judge(history, listener);
        if (!verdict.conforms()) {
            throw NonconformanceError.of(trace, history, verdict, known);
        }
        if (verdict.judged() != observed.operations().size()) {
            throw UntornException.machinery("the agent answered " + verdict.judged() + " of "
                    + observed.operations().size() + " operations; please report this with the trace: " + trace);
        }
        return new Examined(history, verdict);
    }

    /**
     * Run a trace once more, in a pristine machine, and judge it.
     *
     * @param left how many times more it will run so
     * @throws NonconformanceError if the kernel broke a rule
     * @throws UntornException if it can't be judged: the caller's mistake
     */
    public void again(Trace trace, int left) {
        kernel.restore();
        if (left > 0) {
            kernel.expectRestore();
        }
        try {
            examine(trace, JudgementListener.NONE);
        } catch (TooManyWorldsException e) {
            throw Judge.unjudgeable(e);
        }
    }

    /** Return how many times of {@value #REPEATS} a trace breaks its rule again. */
    int shownAgain(NonconformanceError broken) {
        int shown = 0;
        for (int left = REPEATS - 1; left >= 0; left--) {
            try {
                again(broken.trace(), left);
            } catch (NonconformanceError again) {
                shown += again.signature().isLike(broken.signature()) ? 1 : 0;
            }
        }
        return shown;
    }

    /** Expect the next trace to hang as one before it did; whether it does is confirmed later. */
    void expectHang() {
        kernel.expectHang();
    }

    /** Let the kernel print again what it prints but once. */
    void rearmWarnings() {
        kernel.rearmWarnings();
    }

    /** Let the next trace run in a pristine machine, and expect another to do so after it. */
    void startAnew() {
        kernel.restore();
        kernel.expectRestore();
    }

    /** Let the next trace run in a pristine machine. */
    void restore() {
        kernel.restore();
    }
}
