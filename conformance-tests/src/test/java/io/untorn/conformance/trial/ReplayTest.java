package io.untorn.conformance.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.agent.protocol.SystemCallFault;
import io.untorn.conformance.finding.Counterexample;
import io.untorn.conformance.judge.DeviationPolicy;
import io.untorn.conformance.result.Effort;
import io.untorn.conformance.result.Settings;
import io.untorn.conformance.result.TargetResult;
import io.untorn.conformance.run.Listener;
import io.untorn.conformance.run.Session;
import io.untorn.conformance.run.Simulated;
import io.untorn.model.history.Environment;
import io.untorn.model.history.History;
import io.untorn.model.history.KernelUnderTest;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Write;
import io.untorn.model.target.Target;
import io.untorn.simulated.SimulatedFault;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReplayTest {
    private static final Path FILE = Path.of("trace.json");
    private static final Trace TRACE =
            new Trace(Simulated.XFS, List.of(Write.plain(Access.DIRECT, 0, 4096), Write.atomic(0, 4096)));

    private final List<String> progress = new ArrayList<>();

    @Test
    void aTraceThatFailsInSomeRepeatsIsFlaky() {
        Counterexample found =
                replay(new KernelUnderTest[] {sound(), losing(), sound()}, 5).orElseThrow();

        assertThat(found.violation().rule().id()).isEqualTo("data-is-what-was-written-last");
        assertThat(found.repeated()).isEqualTo("flaky: shown again 2 of 5 times");
        assertThat(progress).containsExactly("1/5: 0", "2/5: 1", "3/5: 1", "4/5: 1", "5/5: 2");
    }

    @Test
    void aTraceThatFailsEachTimeIsNotFlaky() {
        assertThat(replay(new KernelUnderTest[] {losing()}, 3).orElseThrow().repeated())
                .isEqualTo("shown again 3 of 3 times");
    }

    @Test
    void aTraceThatNeverFailsConforms() {
        assertThat(replay(new KernelUnderTest[] {sound()}, 3)).isEmpty();
        assertThat(progress).hasSize(3);
    }

    private Optional<Counterexample> replay(KernelUnderTest[] kernels, int times) {
        Settings settings = new Settings(
                "simulated",
                Optional.empty(),
                Optional.empty(),
                Effort.DEFAULT,
                0,
                DeviationPolicy.STRICT,
                SystemCallFault.NONE,
                Path.of("nowhere"));
        try (Session session = new Session(settings, new Noting(), () -> new Alternating(kernels))) {
            return Replay.of(TRACE, session, times, FILE);
        }
    }

    private static KernelUnderTest sound() {
        return new SimulatedKernel(SimulatedMachine.linux("7.3.4"));
    }

    private static KernelUnderTest losing() {
        return new SimulatedKernel(SimulatedMachine.linux("7.3.4").with(SimulatedFault.LOST_WRITE));
    }

    private final class Noting implements Listener {
        @Override
        public void progress(String line) {}

        @Override
        public void prepared(TargetResult result) {}

        @Override
        public void judged(TargetResult result) {}

        @Override
        public void shrinking(Target target, int operations) {}

        @Override
        public void repeated(int done, int times, int shown) {
            progress.add(done + "/" + times + ": " + shown);
        }

        @Override
        public void finished(TargetResult result) {}
    }

    /** Runs each trace by the next of several kernels. */
    private static final class Alternating implements KernelUnderTest {
        private final KernelUnderTest[] kernels;
        private int runs;

        Alternating(KernelUnderTest[] kernels) {
            this.kernels = kernels;
        }

        @Override
        public Environment prepare(Target target) {
            Environment found = kernels[0].prepare(target);
            for (KernelUnderTest kernel : kernels) {
                kernel.prepare(target);
            }
            return found;
        }

        @Override
        public History run(Trace trace) {
            return kernels[runs++ % kernels.length].run(trace);
        }

        @Override
        public void rearmWarnings() {}

        @Override
        public void close() {}
    }
}
