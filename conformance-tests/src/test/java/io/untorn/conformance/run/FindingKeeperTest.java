package io.untorn.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.agent.protocol.Program;
import io.untorn.agent.protocol.SystemCallFault;
import io.untorn.conformance.file.TraceFile;
import io.untorn.conformance.finding.Counterexample;
import io.untorn.conformance.judge.DeviationPolicy;
import io.untorn.conformance.result.Effort;
import io.untorn.conformance.result.ExitCode;
import io.untorn.conformance.result.Settings;
import io.untorn.conformance.result.Shard;
import io.untorn.conformance.result.TargetResult;
import io.untorn.model.history.Environment;
import io.untorn.model.history.History;
import io.untorn.model.history.KernelUnderTest;
import io.untorn.model.history.Trace;
import io.untorn.model.target.Facility;
import io.untorn.model.target.Target;
import io.untorn.simulated.SimulatedFault;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import io.untorn.vm.BootedKernel;
import io.untorn.vm.ProgramRun;
import io.untorn.vm.host.UntornException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Looks for a fault with machinery that fails after it was found: the finding stays. */
final class FindingKeeperTest {

    @TempDir
    Path output;

    /** What ran before the first trace that broke a rule was found, and since. */
    private final List<Trace> before = new ArrayList<>();

    private final List<Trace> since = new ArrayList<>();
    private boolean found;

    static Stream<Throwable> failures() {
        return Stream.of(
                new IllegalArgumentException("an operation that can't be"),
                UntornException.machinery("the machine is gone"),
                UntornException.caller("operation 1 needs what is not there"),
                new AssertionError("never to happen"),
                new StackOverflowError());
    }

    /** Return the folder of what was found: another rule than the shortest trace's may be broken first. */
    private Path onlyFinding() {
        File[] folders = output.resolve("findings").toFile().listFiles(File::isDirectory);
        assertThat(folders).hasSize(1);
        return folders[0].toPath();
    }

    @Test
    void itIsSavedAsItWasFoundBeforeItRunsAgain() {
        List<Trace> saved = new ArrayList<>();
        Session session = session(run -> {
            if (saved.isEmpty()) {
                Path found = onlyFinding();
                saved.add(TraceFile.read(found));
                assertThat(found).isDirectoryContaining("glob:**history.json");
                assertThat(found.resolve("report.md"))
                        .content()
                        .contains("As it was found: neither repeated nor made shorter yet.");
            }
        });

        assertThat(session.failure()).isEmpty();
        assertThat(before).contains(saved.get(0).withReadBack());
        Counterexample found = only(result(session));
        assertThat(found.trace().operations()).hasSize(1);
        assertThat(TraceFile.read(onlyFinding())).isEqualTo(found.trace());
        assertThat(onlyFinding().resolve("report.md")).content().contains("3 of 3 tries");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aRepeatThatFailsTakesNothingAlong(Throwable failure) {
        Session session = session(run -> {
            throw failure(failure);
        });

        Counterexample found = only(result(session));
        assertIsAsFound(found);
        assertThat(found.repeated()).isEqualTo("not repeated");
        assertToldBeside(session, "failed while repeating a finding: ", failure);
        assertThat(TraceFile.read(found.file())).isEqualTo(found.trace());
        assertThat(found.folder().resolve("reproducer.c")).isNotEmptyFile();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aCandidateThatFailsTakesNothingAlong(Throwable failure) {
        Session session = session(run -> {
            if (since.size() > Examiner.REPEATS) {
                throw failure(failure);
            }
        });

        Counterexample found = only(result(session));
        assertIsAsFound(found);
        assertThat(found.repeated()).isEqualTo("shown again 3 of 3 times");
        assertToldBeside(session, "failed while trying a shorter sequence: ", failure);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void theOtherCandidatesAreTriedAfterOneThatFails(Throwable failure) {
        Session session = session(run -> {
            if (since.size() == 1 + Examiner.REPEATS) {
                throw failure(failure);
            }
        });

        assertThat(only(result(session)).trace().operations()).hasSize(1);
        assertToldBeside(session, "failed while trying a shorter sequence: ", failure);
    }

    @Test
    void aFolderThatCannotBeWrittenTakesNothingAlong() throws IOException {
        Files.writeString(output.resolve("findings"), "a file where a folder is to be");
        Session session = session(run -> {});

        assertThat(only(result(session)).trace().operations()).hasSize(1);
        assertThat(session.failure().orElseThrow())
                .hasMessageContaining("failed while saving a finding: can't keep the finding in ");
        assertThat(exitCode(session)).isEqualTo(ExitCode.DOES_NOT_CONFORM);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aReproducerThatFailsTakesNothingAlong(Throwable failure) {
        Session session = searched(new Booted(failure));

        Counterexample found = only(result(session));
        assertThat(found.trace().operations()).hasSize(1);
        assertThat(found.folder().resolve("reproducer.c")).isNotEmptyFile();
        assertThat(found.folder().resolve("report.md")).content().contains("reproducer.c was not run: that failed");
        assertToldBeside(session, "failed while running a reproducer: ", failure);
    }

    private static RuntimeException failure(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }

    private void assertIsAsFound(Counterexample kept) {
        assertThat(before).contains(kept.trace().withReadBack());
        assertThat(kept.trace().operations()).hasSizeGreaterThan(1);
    }

    private static void assertToldBeside(Session session, String step, Throwable failure) {
        assertThat(session.failure().orElseThrow()).hasMessageContaining(step).hasCause(failure);
        assertThat(exitCode(session)).isEqualTo(ExitCode.DOES_NOT_CONFORM);
    }

    private static ExitCode exitCode(Session session) {
        return session.results(Shard.WHOLE, List.of("bdev")).exitCode();
    }

    private static TargetResult result(Session session) {
        return session.targetResults().iterator().next();
    }

    private static Counterexample only(TargetResult result) {
        assertThat(result.counterexamples()).hasSize(1);
        return result.counterexamples().get(0);
    }

    /** Search, and do something before each run after the first trace that broke a rule. */
    private Session session(Consumer<Trace> beforeRunningAgain) {
        return searched(new Interrupted(beforeRunningAgain));
    }

    private Session searched(KernelUnderTest kernel) {
        Settings settings = new Settings(
                "simulated",
                Optional.empty(),
                Optional.empty(),
                Effort.DEFAULT.times(100).upTo(1),
                42,
                DeviationPolicy.STRICT,
                SystemCallFault.NONE,
                output);
        Session session = new Session(settings, new Noting(), () -> kernel);
        ConformanceSuite.run(session, List.of("bdev"));
        return session;
    }

    private final class Noting implements Listener {
        @Override
        public void progress(String line) {}

        @Override
        public void prepared(TargetResult result) {}

        @Override
        public void judged(TargetResult result) {}

        @Override
        public void shrinking(Target target, int operations) {
            found = true;
        }

        @Override
        public void finished(TargetResult result) {}
    }

    /** A kernel with a fault; something is done before each run after that was found. */
    private class Interrupted implements KernelUnderTest {
        private final KernelUnderTest kernel =
                new SimulatedKernel(SimulatedMachine.linux("7.3.4").with(SimulatedFault.MISALIGNED_OFFSET_ACCEPTED));
        private final Consumer<Trace> interruption;

        Interrupted(Consumer<Trace> interruption) {
            this.interruption = interruption;
        }

        @Override
        public Environment prepare(Target target) {
            return kernel.prepare(target);
        }

        @Override
        public History run(Trace trace) {
            (found ? since : before).add(trace);
            if (found) {
                interruption.accept(trace);
            }
            return kernel.run(trace);
        }

        @Override
        public void rearmWarnings() {
            kernel.rearmWarnings();
        }

        /** No power cut: a trace with one has no reproducer. */
        @Override
        public Set<Facility> facilities() {
            return Set.of(Facility.IO_URING, Facility.LIBAIO);
        }

        @Override
        public void close() {
            kernel.close();
        }
    }

    /** The same kernel, with programs that fail. */
    private final class Booted extends Interrupted implements BootedKernel {
        private final Throwable failure;

        Booted(Throwable failure) {
            super(trace -> {});
            this.failure = failure;
        }

        @Override
        public ProgramRun run(Program program) {
            throw failure(failure);
        }

        @Override
        public String name() {
            return "simulated";
        }

        @Override
        public Optional<Path> config() {
            return Optional.empty();
        }
    }
}
