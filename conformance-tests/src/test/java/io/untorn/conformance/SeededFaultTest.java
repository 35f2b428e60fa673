package io.untorn.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.History;
import io.untorn.model.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the properties on the simulated kernel: without a fault they pass, and each fault is found. */
final class SeededFaultTest {
    private static final Map<SimulatedKernel.Fault, Set<String>> BLAMED = Map.ofEntries(
            Map.entry(SimulatedKernel.Fault.MISALIGNED_ACCEPTED, Set.of("offset-naturally-aligned")),
            Map.entry(SimulatedKernel.Fault.NOT_POWER_OF_TWO_ACCEPTED, Set.of("length-power-of-two")),
            Map.entry(
                    SimulatedKernel.Fault.TOO_LONG_ACCEPTED,
                    Set.of("length-within-file-limits", "length-within-device-limits")),
            Map.entry(
                    SimulatedKernel.Fault.TOO_SHORT_ACCEPTED,
                    Set.of("length-within-file-limits", "length-within-device-limits")),
            Map.entry(SimulatedKernel.Fault.BUFFERED_ACCEPTED, Set.of("direct-io-only")),
            Map.entry(SimulatedKernel.Fault.SEGMENTS_ACCEPTED, Set.of("one-segment")),
            Map.entry(SimulatedKernel.Fault.WRONG_ERRNO_FOR_BUFFERED, Set.of("direct-io-only")),
            Map.entry(
                    SimulatedKernel.Fault.SHORT_WRITE,
                    Set.of("atomic-write-returns-its-length", "atomic-file-write-returns-its-length")),
            Map.entry(SimulatedKernel.Fault.TORN_WRITE, Set.of("atomic-write-all-or-none")),
            Map.entry(
                    SimulatedKernel.Fault.LOST_WRITE,
                    Set.of(
                            "data-is-what-was-written-last",
                            "statx-tells-size-and-limits",
                            "read-returns-what-is-there")),
            Map.entry(
                    SimulatedKernel.Fault.MISPLACED_WRITE,
                    Set.of(
                            "data-is-what-was-written-last",
                            "data-at-its-place",
                            "statx-tells-size-and-limits",
                            "atomic-write-all-or-none",
                            "read-returns-what-is-there")),
            Map.entry(
                    SimulatedKernel.Fault.NEIGHBOUR_ZEROED,
                    Set.of("data-is-what-was-written-last", "atomic-write-all-or-none")),
            Map.entry(
                    SimulatedKernel.Fault.REFUSED_BUT_WRITTEN,
                    Set.of(
                            "refused-write-changes-nothing",
                            "statx-tells-size-and-limits",
                            "read-returns-what-is-there")),
            Map.entry(
                    SimulatedKernel.Fault.SIZE_NOT_UPDATED,
                    Set.of("statx-tells-size-and-limits", "read-returns-what-is-there")),
            Map.entry(SimulatedKernel.Fault.CLONE_SOURCE_HARMED, Set.of("data-is-what-was-written-last")),
            Map.entry(
                    SimulatedKernel.Fault.STATX_MAX_LIES,
                    Set.of("statx-agrees-with-queue", "ext4-limits", "xfs-limits")),
            Map.entry(SimulatedKernel.Fault.SPLAT, Set.of("no-splat")));

    @TempDir
    Path output;

    @ParameterizedTest
    @ValueSource(strings = {"6.1.0-50-cloud-amd64", "6.12.117+deb13", "7.3.4+deb13"})
    void conformingKernelPassesAndReachesEveryRule(String release) {
        Session session = session(release, SimulatedKernel.Fault.NONE);
        ConformanceSuite.Result result = ConformanceSuite.run(session, ConformanceSuite.targets());

        assertThat(result.failures()).isEmpty();
        assertThat(result.passed()).isEqualTo(2 * ConformanceSuite.targets().size());
        assertThat(session.tallies())
                .extracting(Tally::target)
                .extracting(Target::name)
                .containsExactlyElementsOf(ConformanceSuite.targets());
        assertThat(session.tallies()).allSatisfy(tally -> {
            assertThat(tally.tries()).isEqualTo(1 + 1500);
            assertThat(tally.unreached()).isEmpty();
        });
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void faultIsFoundAndMadeShort(SimulatedKernel.Fault fault) {
        List<String> targets = fault == SimulatedKernel.Fault.CLONE_SOURCE_HARMED
                ? List.of("xfs")
                : fault == SimulatedKernel.Fault.SIZE_NOT_UPDATED ? List.of("ext4", "xfs") : ConformanceSuite.targets();
        Session session = session("7.3.4", fault);
        ConformanceSuite.Result result = ConformanceSuite.run(session, targets);

        assertThat(result.failures()).isNotEmpty();
        Set<String> blamed = new TreeSet<>();
        assertThat(session.tallies()).allSatisfy(tally -> {
            boolean cannotShow = (fault == SimulatedKernel.Fault.SHORT_WRITE
                            || fault == SimulatedKernel.Fault.NOT_POWER_OF_TWO_ACCEPTED)
                    && tally.environment().limits().unitMax() == 4096;
            assertThat(tally.counterexample().isPresent()).isNotEqualTo(cannotShow);
            tally.counterexample().ifPresent(found -> {
                blamed.add(found.violation().rule().id());
                assertThat(found.trace().operations()).hasSizeLessThanOrEqualTo(3);
                assertThat(found.shown()).isEqualTo(found.repeats());
                assertThat(TraceFile.read(found.file())).isEqualTo(found.trace());
                History saved = HistoryFile.read(found.file().resolveSibling("history.json"));
                assertThat(saved).isEqualTo(found.history());
                assertThat(Judge.judge(saved, tally.specification()).violation())
                        .contains(found.violation());
            });
        });
        System.out.println(fault + ": " + blamed);
        assertThat(BLAMED.get(fault)).containsAll(blamed);
    }

    @Test
    void tooFewTriesToReachEveryRuleDoNotPass() {
        Session session = session("7.3.4", SimulatedKernel.Fault.NONE, 1);
        ConformanceSuite.Result result = ConformanceSuite.run(session, List.of("xfs"));

        assertThat(result.failures()).singleElement().satisfies(failure -> assertThat(failure)
                .hasMessageContaining("never reached"));
    }

    private Session session(String release, SimulatedKernel.Fault fault) {
        return session(release, fault, 1500);
    }

    private Session session(String release, SimulatedKernel.Fault fault, int tries) {
        Settings settings = new Settings(
                "simulated",
                Optional.empty(),
                Duration.ofSeconds(1),
                OptionalInt.of(tries),
                42,
                true,
                io.untorn.agent.Fault.NONE,
                output);
        return new Session(settings, new SilentListener(), begun -> new SimulatedKernel(release, fault));
    }
}
