package io.untorn.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Audit;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Write;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExaminedTest {
    /** Each step takes as many nanoseconds as its place, so that the sum says which were counted. */
    @Test
    void auditsAndReadsThroughTheCacheAtTheEndAreLooks() {
        Trace trace = new Trace(
                Simulated.EXT4,
                List.of(
                        Write.plain(Access.DIRECT, 0, 512),
                        Read.plain(Access.BUFFERED, 0, 512),
                        new Audit(Audit.Aspect.PINNED_PAGES)));
        List<Step> steps = new ArrayList<>();
        for (Operation operation : trace.withReadBack().operations()) {
            steps.add(new Step(operation, 0, 1L << steps.size(), Outcome.DONE));
        }
        History history = new History(
                trace.withReadBack(),
                new SimulatedKernel(SimulatedMachine.linux("7.3.4")).prepare(Simulated.EXT4),
                steps,
                List.of(),
                List.of());

        // statx is step 3, the direct read 4, the buffered one 5, the mapping 6, the pages 7
        assertThat(Examined.looking(trace, history)).isEqualTo(Duration.ofNanos(0b11100100));
    }
}
