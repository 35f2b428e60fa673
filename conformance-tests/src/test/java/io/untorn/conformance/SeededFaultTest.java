package io.untorn.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.Target;
import io.untorn.simulated.Fault;
import io.untorn.simulated.Machine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the properties on the simulated kernel: without a fault they pass, and each fault is found. */
final class SeededFaultTest {
    /** Fault, target, rule, tries, operations. */
    static final String ROW = "FAULT %-32s %-14s %-40s %5d tries, shrunk to %d%n";

    private static final int TRIES = 5000;

    /** Faults, each with the rules that it breaks, one or another. */
    private static final String BLAMED =
            """
            MISALIGNED_OFFSET_ACCEPTED, offset-naturally-aligned
            ODD_LENGTH_ACCEPTED, length-power-of-two
            BELOW_MIN_ACCEPTED, length-within-device-limits
            ABOVE_MAX_ACCEPTED, length-within-device-limits
            TWO_SEGMENTS_ACCEPTED, one-segment
            EMPTY_SEGMENT_ACCEPTED, one-segment
            BUFFERED_ACCEPTED, direct-io-only
            BUFFERED_REFUSED_FIRST, one-segment|length-power-of-two|offset-naturally-aligned
            UNKNOWN_FLAG_IGNORED, unknown-flag-refused
            UNSUPPORTED_ACCEPTED, file-must-support-atomic
            ATOMIC_READ_ACCEPTED, atomic-is-for-writes
            READ_ONLY_ACCEPTED, opened-for-writing
            ZERO_LENGTH_REFUSED, zero-length-returns-zero
            MISALIGNED_MEMORY_ACCEPTED, memory-aligned
            MISSING_MEMORY_AS_ZEROS, memory-missing-in-part
            CUT_AT_SIZE_LIMIT, atomic-write-is-not-cut-at-size-limit
            CUT_AT_DEVICE_END, device-atomic-write-within-end
            APPEND_MISPLACED, statx-tells-size-and-limits|data-is-what-was-written-last|data-at-its-place
            POSITION_NOT_MOVED, data-is-what-was-written-last|data-at-its-place
            SHORT_WRITE, atomic-write-returns-its-length
            TORN_WRITE, atomic-write-all-or-none
            LOST_WRITE, data-is-what-was-written-last|data-at-its-place
            MISPLACED_WRITE, data-is-what-was-written-last|data-at-its-place
            NEIGHBOUR_ZEROED, data-is-what-was-written-last|data-at-its-place
            REFUSED_BUT_WRITTEN, refused-write-changes-nothing
            SIZE_NOT_UPDATED, statx-tells-size-and-limits|read-returns-what-is-there
            UNWRITTEN_NOT_CONVERTED, data-is-what-was-written-last|data-at-its-place
            MIXED_RANGE_REFUSED, atomic-write-over-mixed
            SOURCE_OF_CLONE_HARMED, data-is-what-was-written-last|data-at-its-place
            TWIN_OF_CLONE_HARMED, data-is-what-was-written-last|data-at-its-place
            STALE_CACHE, data-is-what-was-written-last|data-at-its-place
            STALE_AFTER_PUNCH, data-is-what-was-written-last|data-at-its-place
            COLLAPSE_MISPLACED, data-is-what-was-written-last|data-at-its-place
            HALF_STORED_WITHOUT_SPACE, refused-write-changes-nothing
            GROWN_WITHOUT_SPACE, statx-tells-size-and-limits|read-returns-what-is-there|moved-range-must-fit
            IMMUTABLE_IGNORED, immutable-file-refuses-atomic-write
            NOAPPEND_ACCEPTED, noappend-on-append-only-file
            DIRTY_DROPPED, data-is-what-was-written-last|data-at-its-place
            TORN_BY_POWER_CUT, power-cut-leaves-atomic-write-whole
            DSYNC_NOT_DURABLE, power-cut-keeps-what-was-synced|power-cut-leaves-old-or-new
            FSYNC_NOT_DURABLE, power-cut-keeps-what-was-synced|power-cut-leaves-old-or-new
            STATX_MIN_HALVED, statx-agrees-with-queue
            STATX_MAX_DOUBLED, statx-agrees-with-queue
            STATX_OPTIMAL_INVENTED, statx-agrees-with-queue
            STATX_SEGMENTS_INVENTED, statx-agrees-with-queue
            STATX_ATTRIBUTE_MISSING, statx-agrees-with-queue
            STATX_SIZE_ROUNDED, statx-tells-size-and-limits
            WARNS_AT_UNIT_MAX, no-splat
            HANGS_ON_CACHED, every-operation-is-answered
            """;

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
            assertThat(tally.tries() + tally.unjudged()).isEqualTo(1 + TRIES);
            assertThat(tally.unjudged()).isLessThan(TRIES / 100);
            assertThat(tally.unreached()).isEmpty();
            assertThat(tally.coverage().empty()).isEmpty();
        });
    }

    @Test
    void everyFaultIsTried() {
        assertThat(BLAMED.lines().map(row -> Fault.valueOf(row.substring(0, row.indexOf(',')))))
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(untriedHere()));
    }

    private static EnumSet<Fault> untriedHere() {
        EnumSet<Fault> others = EnumSet.copyOf(RfcSpecificationTest.FAULTS);
        others.add(Fault.NONE);
        return others;
    }

    @ParameterizedTest
    @CsvSource(textBlock = BLAMED)
    void faultIsFoundAndMadeShort(Fault fault, String rules) {
        Machine machine = machine(fault);
        List<Counterexample> found = new ArrayList<>();
        int tries = 0;
        for (String target : ConformanceSuite.targets()) {
            Session session = Simulated.session(machine, TRIES, output);
            ConformanceSuite.run(session, List.of(target));
            for (Tally tally : session.tallies()) {
                tries = tally.tries();
                found.addAll(tally.counterexamples());
            }
            if (!found.isEmpty()) {
                break;
            }
        }

        assertThat(found).as(fault.sentence()).isNotEmpty();
        Counterexample first = found.get(0);
        System.out.printf(
                Locale.ROOT,
                ROW,
                fault,
                first.trace().target(),
                first.violation().rule().id(),
                tries,
                first.trace().operations().size());
        assertThat(rules.split("\\|")).contains(first.violation().rule().id());
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
    void aFindingIsToldOnceAndCountedAndTheSearchGoesOn() {
        Session session = Simulated.session(Machine.linux("7.3.4").with(Fault.STATX_SIZE_ROUNDED), 300, 5, output);
        ConformanceSuite.run(session, List.of("xfs"));

        Tally tally = session.tallies().iterator().next();
        assertThat(tally.counterexamples())
                .extracting(found -> Signature.of(found.violation()))
                .doesNotHaveDuplicates();
        Counterexample found = tally.counterexamples().get(0);
        assertThat(found.violation().rule().id()).isEqualTo("statx-tells-size-and-limits");
        assertThat(tally.seenAgain(found)).isPositive();
        assertThat(tally.tries()).isGreaterThanOrEqualTo(300);
        assertThat(TextReport.table(session.tallies())).containsPattern("finding on xfs, in [0-9,]+ sequences: statx");
    }

    @Test
    void tooFewTriesToReachEveryRuleDoNotPass() {
        Session session = Simulated.session(Machine.linux("7.3.4"), 1, output);
        ConformanceSuite.Result result = ConformanceSuite.run(session, List.of("xfs"));

        assertThat(result.failures()).singleElement().satisfies(failure -> assertThat(failure)
                .hasMessageContaining("never reached"));
    }
}
