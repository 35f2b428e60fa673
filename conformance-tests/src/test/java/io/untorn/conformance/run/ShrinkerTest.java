package io.untorn.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.conformance.finding.Counterexample;
import io.untorn.conformance.generate.partition.Partition;
import io.untorn.conformance.judge.NonconformanceError;
import io.untorn.model.history.Environment;
import io.untorn.model.history.History;
import io.untorn.model.history.KernelUnderTest;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Write;
import io.untorn.model.target.Target;
import io.untorn.simulated.SimulatedFault;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts what it takes to make a long trace shorter, on a kernel whose answers may depend on what ran before. */
final class ShrinkerTest {
    private static final Write MISALIGNED = Write.atomic(512, 1024);

    /** Forty operations, of which the last but three matters. */
    private static final List<Operation> LONG = IntStream.range(0, 40)
            .mapToObj(i -> i == 36 ? MISALIGNED : (Operation) Write.plain(Access.DIRECT, 4096L * i, 4096))
            .toList();

    @TempDir
    Path output;

    private int restarts;

    @Test
    void theModelKnowsTheOneThatMatters() {
        Kept kept = kept((run, trace) -> true);

        assertThat(kept.found().trace().operations()).containsExactly(MISALIGNED);
        assertThat(kept.effort().candidates())
                .as("a run in the used machine, and one guess")
                .isEqualTo(2);
        assertThat(kept.effort().all()).isLessThan(30);
        assertThat(restarts).as("only repeats start anew").isEqualTo(2 * Examiner.REPEATS);
    }

    @Test
    void aFaultThatShowsOnlyInAPristineMachineHasOneForEachCandidate() {
        Kept kept = kept((run, trace) -> run == 1);

        assertThat(kept.found().trace().operations()).containsExactly(MISALIGNED);
        assertThat(kept.found().repeated()).isEqualTo("shown again 3 of 3 times");
    }

    @Test
    void whatShowsOnlyInAUsedMachineIsNotConfirmed() {
        Kept kept = kept((run, trace) -> run > 1 || trace.operations().size() > 27);

        Counterexample found = kept.found();
        assertThat(found.trace().operations()).hasSizeGreaterThan(15).contains(MISALIGNED);
        assertThat(found.repeated()).isEqualTo("shown again 3 of 3 times");
    }

    /** Keep the long trace, found on a kernel with a fault that shows only in some runs since the machine started. */
    private Kept kept(BiPredicate<Integer, Trace> shows) {
        try (Session session = session(new Dependent(shows))) {
            TargetRun run = session.prepare("bdev");
            try {
                run.judge(new Trace(Simulated.DEVICE, LONG));
            } catch (NonconformanceError broken) {
                restarts = 0;
                return run.keep(broken);
            }
            throw new AssertionError("it conforms");
        }
    }

    private Session session(KernelUnderTest kernel) {
        return Simulated.session(kernel, Partition.OF_ATOMIC_WRITES, 1, 1, output);
    }

    /** A kernel whose fault depends on how many traces ran since its machine started. */
    private final class Dependent implements KernelUnderTest {
        private final KernelUnderTest sound = new SimulatedKernel(SimulatedMachine.linux("7.3.4"));
        private final KernelUnderTest faulty =
                new SimulatedKernel(SimulatedMachine.linux("7.3.4").with(SimulatedFault.MISALIGNED_OFFSET_ACCEPTED));
        private final BiPredicate<Integer, Trace> shows;
        private final List<Trace> runs = new ArrayList<>();

        Dependent(BiPredicate<Integer, Trace> shows) {
            this.shows = shows;
        }

        @Override
        public Environment prepare(Target target) {
            sound.prepare(target);
            return faulty.prepare(target);
        }

        @Override
        public History run(Trace trace) {
            runs.add(trace);
            return (shows.test(runs.size(), trace) ? faulty : sound).run(trace);
        }

        @Override
        public void restore() {
            restarts++;
            runs.clear();
        }

        @Override
        public void rearmWarnings() {}

        @Override
        public void close() {}
    }
}
