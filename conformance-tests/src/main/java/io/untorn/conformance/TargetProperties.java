package io.untorn.conformance;

import io.untorn.model.Trace;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** What holds for every target. */
@AddLifecycleHook(SessionHook.class)
abstract class TargetProperties implements OnTarget {
    @Example
    @Label("the limits are those of the disk and the file system")
    void limits() {
        run().judge(new Trace(run().tally().target(), List.of()));
    }

    @Property
    @Label("every answer in a random sequence is one that the specification permits")
    void answers(@ForAll("traces") Trace trace) {
        run().judge(trace);
    }

    @Provide
    Arbitrary<Trace> traces() {
        return run().traces();
    }

    private TargetRun run() {
        return CurrentSession.get().prepare(target());
    }
}
