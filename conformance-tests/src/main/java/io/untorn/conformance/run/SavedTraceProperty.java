package io.untorn.conformance.run;

import io.untorn.model.history.Trace;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** What must hold for a saved trace, which is shrunk as a generated one is. */
@AddLifecycleHook(SessionHook.class)
@Label("saved")
public final class SavedTraceProperty {
    @Property
    @Label("every answer in a saved sequence is one that the specification permits")
    void answers(@ForAll("saved") Trace trace) {
        HandedToJqwik.task().run().judge(trace);
    }

    @Provide
    Arbitrary<Trace> saved() {
        return HandedToJqwik.task().traces();
    }
}
