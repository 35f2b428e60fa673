package io.untorn.conformance.run;

import io.untorn.conformance.result.TargetResult;
import io.untorn.model.target.Target;

/** Follows a run. Every method is called from the thread that runs the properties. */
public interface Listener {
    /** Called with one line before a slow step, such as fetching or booting a kernel. */
    void progress(String line);

    /** Called when a target is ready and its first trace is next. */
    void prepared(TargetResult result);

    /** Called when an exhaustive search on the target prepared last begins or resumes. */
    default void searching(TargetResult result) {}

    /** Called after each trace. */
    void judged(TargetResult result);

    /** Called when a rule was found broken and the trace is being made shorter. */
    void shrinking(Target target, int operations);

    /** Called when it was made shorter and repeated. */
    default void shrunk(ShrinkingEffort effort) {}

    /** Called each time that a saved trace was run again: how many of how many times, and how often it broke a rule. */
    default void repeated(int done, int times, int shown) {}

    /** Called when a target is done with. */
    void finished(TargetResult result);
}
