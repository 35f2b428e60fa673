package io.untorn.conformance.trial;

import io.untorn.conformance.finding.Counterexample;
import io.untorn.conformance.judge.NonconformanceError;
import io.untorn.conformance.result.TargetResult;
import io.untorn.conformance.run.Examiner;
import io.untorn.conformance.run.Jqwik;
import io.untorn.conformance.run.PropertyTask;
import io.untorn.conformance.run.SavedTraceProperty;
import io.untorn.conformance.run.Session;
import io.untorn.conformance.run.TargetRun;
import io.untorn.model.history.Trace;
import io.untorn.model.oracle.Verdict.Violation;
import io.untorn.model.target.Target;
import io.untorn.vm.host.UntornException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.platform.launcher.TestExecutionListener;

/** Runs one trace again and again. */
public final class Replay {
    private Replay() {}

    /**
     * Run a trace and judge it.
     *
     * @param file where the trace comes from, for the report
     * @return what was broken, and how often; empty if the trace conformed each time
     * @throws UntornException if the machinery fails before anything was broken; later, the session knows of the failure
     */
    public static Optional<Counterexample> of(Trace trace, Session session, int times, Path file) {
        return of(trace, session, times, file, broken -> Optional.of(broken.violation()));
    }

    /** Run a trace and look for one violation among those it shows; a try without that one does not count. */
    static Optional<Counterexample> of(
            Trace trace,
            Session session,
            int times,
            Path file,
            Function<NonconformanceError, Optional<Violation>> wanted) {
        Examiner examiner = prepare(trace, session, file).examiner();
        List<NonconformanceError> shown = new ArrayList<>();
        int done = 0;
        try {
            while (done < times) {
                broken(examiner, trace, times - done - 1)
                        .filter(broken -> wanted.apply(broken).isPresent())
                        .ifPresent(shown::add);
                session.listener().repeated(++done, times, shown.size());
            }
        } catch (UntornException e) {
            if (shown.isEmpty()) {
                throw e;
            }
            session.fail(e);
        }
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        NonconformanceError last = shown.get(shown.size() - 1);
        Violation violation = wanted.apply(last).orElseThrow();
        return Optional.of(new Counterexample(
                trace, last.history(), violation, last.signature(violation), shown.size(), done, file));
    }

    private static Optional<NonconformanceError> broken(Examiner examiner, Trace trace, int left) {
        try {
            examiner.again(trace, left);
            return Optional.empty();
        } catch (NonconformanceError broken) {
            return Optional.of(broken);
        }
    }

    /**
     * Run a trace until it breaks a rule, as often as the session's effort says, and shrink it.
     *
     * @param file where the trace comes from, for an error's message
     * @return the shortest trace, saved in a folder of its own; empty if the trace conformed each time
     * @throws UntornException if the machinery fails before anything was broken; later, the session knows of the failure
     */
    public static Optional<Counterexample> shortened(Trace trace, Session session, Path file) {
        TargetResult result = prepare(trace, session, file).result();
        Jqwik.run(SavedTraceProperty.class, PropertyTask.saved(session, trace), new TestExecutionListener() {});
        Optional<Counterexample> found = result.counterexamples().stream().findFirst();
        if (found.isEmpty() && session.failure().isPresent()) {
            throw session.failure().get();
        }
        return found;
    }

    private static TargetRun prepare(Trace trace, Session session, Path file) {
        TargetRun run = session.prepare(trace.target().name());
        Target here = run.result().target();
        if (!here.equals(trace.target())) {
            throw UntornException.caller(file + " is for " + trace.target().name() + " with blocks of "
                    + trace.target().blockSize() + " bytes; here they have "
                    + here.blockSize());
        }
        return run;
    }
}
