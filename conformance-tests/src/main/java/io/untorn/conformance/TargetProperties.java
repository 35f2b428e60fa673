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
        Session session = Session.current();
        session.judge(new Trace(session.prepare(target()).target(), List.of()));
    }

    @Property
    @Label("every answer in a random sequence is one that the specification permits")
    void answers(@ForAll("traces") Trace trace) {
        Session.current().judge(trace);
    }

    @Provide
    Arbitrary<Trace> traces() {
        Session session = Session.current();
        Tally tally = session.prepare(target());
        return tally.search()
                .map(ExhaustiveSearch::traces)
                .orElseGet(() -> TraceArbitraries.of(
                        session.partition(), tally.target(), tally.environment(), tally.facilities()));
    }
}
