package io.untorn.conformance.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.conformance.run.Simulated;
import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Audit;
import io.untorn.model.operation.FillSpace;
import io.untorn.model.operation.FreeSpace;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.PowerCut;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Write;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AuditSampleTest {
    private static final Operation CHECK = new Audit(Audit.Aspect.FILE_SYSTEM);
    private static final Trace PLAIN = trace(Write.plain(Access.DIRECT, 0, 4096));
    private static final Trace MOUNTING = trace(new Remount(Remount.Way.UNMOUNT_AND_MOUNT, 0));

    /** A write takes a millisecond, an audit a hundred. */
    private static final long MILLISECOND = 1_000_000;

    private final AuditSample sample = new AuditSample();

    private static Trace trace(Operation... operations) {
        return new Trace(Simulated.EXT4, List.of(operations));
    }

    private void run(Trace trace) {
        List<Step> steps = new ArrayList<>();
        trace.operations()
                .forEach(operation -> steps.add(new Step(
                        operation, 0, operation instanceof Audit ? 100 * MILLISECOND : MILLISECOND, Outcome.DONE)));
        sample.ran(new History(
                trace,
                new SimulatedKernel(SimulatedMachine.linux("7.3.4")).prepare(Simulated.EXT4),
                steps,
                List.of(),
                List.of()));
    }

    private int checked(Trace drawn, int times) {
        return (int) IntStream.range(0, times)
                .filter(i -> {
                    Trace sampled = sample.sampled(drawn);
                    run(sampled);
                    return sampled.operations().contains(CHECK);
                })
                .count();
    }

    @Test
    void theFirstTraceIsCheckedAtItsEnd() {
        assertThat(sample.sampled(PLAIN).operations())
                .containsExactly(PLAIN.operations().get(0), CHECK);
    }

    @Test
    void checksTakeATwentiethOfTheTime() {
        assertThat(checked(PLAIN, 20_000))
                .as("checks of 100 ms beside 20 s of writes")
                .isBetween(10, 11);
    }

    @Test
    void checksOfTracesThatComeFirstTakeATenth() {
        for (Operation first :
                List.of(MOUNTING.operations().get(0), new FillSpace(FreeSpace.NOTHING), new PowerCut())) {
            AuditSampleTest other = new AuditSampleTest();
            assertThat(other.checked(trace(first), 20_000)).as("%s", first).isBetween(22, 23);
        }
    }

    @Test
    void othersLeaveTimeForThoseThatComeFirst() {
        checked(PLAIN, 2000);

        assertThat(sample.sampled(PLAIN)).isEqualTo(PLAIN);
        assertThat(sample.sampled(MOUNTING).operations()).endsWith(CHECK);
    }

    @Test
    void aCheckThatATraceBroughtIsLeftOutWhereItTakesTooLong() {
        checked(PLAIN, 10);

        assertThat(sample.sampled(trace(CHECK, PLAIN.operations().get(0)))).isEqualTo(PLAIN);
    }

    @Test
    void aTraceIsCheckedOnce() {
        Trace own = trace(CHECK, PLAIN.operations().get(0));

        assertThat(sample.sampled(own)).isEqualTo(own);
    }

    @Test
    void aDeviceHasNothingToCheck() {
        Trace onDevice = new Trace(Simulated.DEVICE, PLAIN.operations());

        assertThat(sample.sampled(onDevice)).isEqualTo(onDevice);
    }
}
