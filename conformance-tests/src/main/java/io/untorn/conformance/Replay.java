package io.untorn.conformance;

import io.untorn.model.Trace;
import io.untorn.vm.UntornException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs one trace again and again. */
public final class Replay {
    private Replay() {}

    /**
     * Run a trace and judge it.
     *
     * @param file where the trace comes from, for the report
     * @return what was broken, and how often; empty if the trace conformed each time
     */
    public static Optional<Counterexample> of(Trace trace, Session session, int times, Path file) {
        Tally tally = session.prepare(trace.target().name());
        if (!tally.target().equals(trace.target())) {
            throw UntornException.caller(file + " is for " + trace.target().name() + " with blocks of "
                    + trace.target().blockSize() + " bytes; here they have "
                    + tally.target().blockSize());
        }
        int shown = 0;
        @Nullable NonconformanceError last = null;
        for (int i = 0; i < times; i++) {
            try {
                session.again(trace);
            } catch (NonconformanceError broken) {
                shown++;
                last = broken;
            }
            session.listener().repeated(i + 1, times, shown);
        }
        return last == null
                ? Optional.empty()
                : Optional.of(new Counterexample(trace, last.history(), last.violation(), shown, times, file));
    }
}
