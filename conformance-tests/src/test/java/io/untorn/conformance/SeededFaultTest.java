package io.untorn.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.Target;
import io.untorn.simulated.Fault;
import io.untorn.simulated.Machine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the properties on the simulated kernel: without a fault they pass, and each fault is found. */
final class SeededFaultTest {
    private static final int TRIES = 5000;

    @TempDir
    Path output;

    @ParameterizedTest
    @ValueSource(strings = {"6.1.0-50-cloud-amd64", "6.12.117+deb13", "6.13.4", "6.16.12+deb13", "7.3.4+deb13"})
    void conformingKernelPassesAndReachesEveryRule(String release) {
        Session session = Simulated.session(Machine.linux(release), TRIES, output);
        ConformanceSuite.Result result = ConformanceSuite.run(session, ConformanceSuite.targets());

        assertThat(result.failures()).isEmpty();
        assertThat(result.passed()).isEqualTo(2 * ConformanceSuite.targets().size());
        assertThat(session.tallies())
                .extracting(Tally::target)
                .extracting(Target::name)
                .containsExactlyElementsOf(ConformanceSuite.targets());
        assertThat(session.tallies()).allSatisfy(tally -> {
            assertThat(tally.tries()).isEqualTo(1 + TRIES);
            assertThat(tally.unreached()).isEmpty();
        });
    }

    static Stream<Fault> faultsOfLinux() {
        return Stream.of(Fault.values())
                .filter(fault -> fault != Fault.NONE && !RfcSpecificationTest.FAULTS.contains(fault));
    }

    @ParameterizedTest
    @MethodSource("faultsOfLinux")
    void faultIsFoundAndMadeShort(Fault fault) {
        Machine machine = machine(fault);
        List<Counterexample> found = new ArrayList<>();
        int tries = 0;
        for (String target : ConformanceSuite.targets()) {
            Session session = Simulated.session(machine, TRIES, output);
            ConformanceSuite.run(session, List.of(target));
            for (Tally tally : session.tallies()) {
                tries = tally.tries();
                tally.counterexample().ifPresent(found::add);
            }
            if (!found.isEmpty()) {
                break;
            }
        }

        assertThat(found).as(fault.sentence()).isNotEmpty();
        Counterexample first = found.get(0);
        System.out.printf(
                Locale.ROOT,
                "FAULT %-32s %-14s %-40s %5d tries, shrunk to %d%n",
                fault,
                first.trace().target(),
                first.violation().rule().id(),
                tries,
                first.trace().operations().size());
        assertThat(first.shown()).isEqualTo(first.repeats());
        assertThat(TraceFile.read(first.file())).isEqualTo(first.trace());
    }

    /** Return a machine on which the fault can show. */
    private static Machine machine(Fault fault) {
        return switch (fault) {
            case UNSUPPORTED_ACCEPTED -> Machine.linux("6.12.117").with(fault);
            case CUT_AT_DEVICE_END -> Machine.linux("7.3.4").with(fault).withDiskSize((321 << 20) + 4096);
            default -> Machine.linux("7.3.4").with(fault);
        };
    }

    @Test
    void tooFewTriesToReachEveryRuleDoNotPass() {
        Session session = Simulated.session(Machine.linux("7.3.4"), 1, output);
        ConformanceSuite.Result result = ConformanceSuite.run(session, List.of("xfs"));

        assertThat(result.failures()).singleElement().satisfies(failure -> assertThat(failure)
                .hasMessageContaining("never reached"));
    }
}
