package io.untorn.conformance.run;

import io.untorn.model.history.Trace;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Shrinkable;

/**
 * What properties are to hold for: a target, in a session, and the traces that run there.
 *
 * @param target the target's name
 * @param source gives the traces, once the target is ready
 */
public record PropertyTask(Session session, String target, Function<TargetRun, Arbitrary<Trace>> source) {
    /** Return the task to try what the session's effort asks for. */
    static PropertyTask generated(Session session, String target) {
        return new PropertyTask(session, target, TargetRun::traces);
    }

    /** Return the task to try one trace, which is shrunk as a generated one is. */
    public static PropertyTask saved(Session session, Trace trace) {
        return new PropertyTask(
                session,
                trace.target().name(),
                run -> Arbitraries.fromGenerator(random -> Shrinkable.unshrinkable(trace)));
    }

    /** Make the target ready, unless it is, and return its run. */
    TargetRun run() {
        return session.prepare(target);
    }

    /** Return the traces to run. */
    Arbitrary<Trace> traces() {
        return source.apply(run());
    }
}
