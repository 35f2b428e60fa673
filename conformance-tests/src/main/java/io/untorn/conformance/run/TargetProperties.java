package io.untorn.conformance.run;

import io.untorn.model.history.Trace;
import io.untorn.model.operation.Statx;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/**
 * What must hold for every target. A build that selects this class runs each property on each target of {@code
 * targets.json}: {@link TargetEngine} does that. It is abstract so that jqwik does not run it without a target.
 */
@AddLifecycleHook(SessionHook.class)
abstract class TargetProperties {
    /** The properties on the target that jqwik was handed. */
    static final class OnOneTarget extends TargetProperties {}

    @Example
    @Label("the limits are those of the disk and the file system")
    void limits() {
        TargetRun run = HandedToJqwik.task().run();
        run.judge(new Trace(run.result().target(), List.of(new Statx())));
    }

    @Property
    @Label("every answer in a random sequence is one that the specification permits")
    void answers(@ForAll("traces") Trace trace) {
        HandedToJqwik.task().run().judge(trace);
    }

    @Provide
    Arbitrary<Trace> traces() {
        return HandedToJqwik.task().traces();
    }
}
