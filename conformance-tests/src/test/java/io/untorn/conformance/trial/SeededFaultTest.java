package io.untorn.conformance.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.untorn.conformance.corpus.Corpus;
import io.untorn.conformance.file.TraceFile;
import io.untorn.conformance.finding.Counterexample;
import io.untorn.conformance.generate.partition.Partition;
import io.untorn.conformance.judge.Judge;
import io.untorn.conformance.judge.RfcSpecificationTest;
import io.untorn.conformance.report.CoverageReport;
import io.untorn.conformance.report.TextReport;
import io.untorn.conformance.result.TargetResult;
import io.untorn.conformance.run.ConformanceSuite;
import io.untorn.conformance.run.Session;
import io.untorn.conformance.run.Shrinker;
import io.untorn.conformance.run.Simulated;
import io.untorn.kernelconfigs.TargetMatrix;
import io.untorn.model.history.Environment;
import io.untorn.model.history.History;
import io.untorn.model.history.KernelUnderTest;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.rules.Specifications;
import io.untorn.model.target.Facility;
import io.untorn.model.target.Target;
import io.untorn.simulated.SimulatedFault;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import io.untorn.vm.Targets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the properties on the simulated kernel: without a fault they pass, and each fault is found. */
final class SeededFaultTest {
    /** In how many traces a fault is found at the latest. */
    private static final int TRIES = 5000;

    /** In how many traces a run reaches all, with much to spare. */
    private static final int ENOUGH_TO_REACH_ALL = 2000;

    /** How many seeds are tried at the most until a trace is as short as can be. */
    private static final int SEEDS = 10;

    private static final FaultTable TABLE = new FaultTable();

    /** Faults, each with a target, the rules that it breaks there, one or another, and the operations that it takes to show it. */
    private static final String BLAMED =
            """
            MISALIGNED_OFFSET_ACCEPTED, bdev, offset-naturally-aligned, 1
            ODD_LENGTH_ACCEPTED, bdev, length-power-of-two, 1
            BELOW_MIN_ACCEPTED, bdev, length-within-device-limits, 1
            ABOVE_MAX_ACCEPTED, bdev, length-within-device-limits, 1
            TWO_SEGMENTS_ACCEPTED, bdev, one-segment, 1
            EMPTY_SEGMENT_ACCEPTED, bdev, one-segment, 1
            BUFFERED_ACCEPTED, bdev, direct-io-only, 1
            BUFFERED_REFUSED_FIRST, bdev, one-segment|length-power-of-two|offset-naturally-aligned|atomic-write-from-no-registered-buffer, 1
            UNKNOWN_FLAG_IGNORED, bdev, unknown-flag-refused, 1
            UNSUPPORTED_ACCEPTED, ext4, file-must-support-atomic, 1
            ATOMIC_READ_ACCEPTED, bdev, atomic-is-for-writes, 1
            READ_ONLY_ACCEPTED, bdev, opened-for-writing, 2
            ZERO_LENGTH_REFUSED, bdev, zero-length-returns-zero, 1
            MISALIGNED_MEMORY_ACCEPTED, bdev, memory-aligned, 1
            MISSING_MEMORY_AS_ZEROS, bdev, memory-missing-in-part, 1
            CUT_AT_SIZE_LIMIT, ext4, atomic-write-is-not-cut-at-size-limit, 2
            CUT_AT_DEVICE_END, bdev, device-atomic-write-within-end, 1
            APPEND_MISPLACED, ext4, statx-tells-size-and-limits, 1
            POSITION_NOT_MOVED, bdev, position-moves-by-what-was-written|data-is-what-was-written-last|data-at-its-place|offset-naturally-aligned, 2
            REFUSED_MOVES_POSITION, bdev, position-moves-by-what-was-written|offset-naturally-aligned|data-is-what-was-written-last|data-at-its-place, 2
            RING_FORGETS_ATOMIC, bdev, one-segment|length-power-of-two|offset-naturally-aligned|direct-io-only|atomic-write-from-no-registered-buffer|length-within-device-limits|memory-missing-in-part, 1
            REGISTERED_BUFFER_ACCEPTED, bdev, atomic-write-from-no-registered-buffer, 1
            RING_POLLS_UNASKED, bdev, hipri-needs-polled-ring, 1
            LIBAIO_TEARS, bdev, atomic-write-all-or-none, 1
            LIBAIO_TAKES_POSITION, bdev, libaio-knows-no-position, 1
            EMPTY_ASYNCHRONOUS_WRITE_ACCEPTED, ext4, length-within-file-limits, 1
            BATCH_TEARS_LAST, bdev, atomic-write-all-or-none|data-is-what-was-written-last|data-at-its-place|writes-of-one-io-submit|writes-of-one-io-uring-enter, 1
            BATCH_SWAPS_ANSWERS, bdev, writes-of-one-io-submit|writes-of-one-io-uring-enter, 1
            SHORT_WRITE, bdev, atomic-write-returns-its-length, 1
            TORN_WRITE, bdev, atomic-write-all-or-none, 1
            LOST_WRITE, bdev, data-is-what-was-written-last|data-at-its-place, 1
            MISPLACED_WRITE, bdev, data-is-what-was-written-last|data-at-its-place, 1
            NEIGHBOUR_ZEROED, bdev, data-is-what-was-written-last|data-at-its-place, 2
            REFUSED_BUT_WRITTEN, bdev, refused-write-changes-nothing|data-is-what-was-written-last, 1
            SIZE_NOT_UPDATED, ext4, statx-tells-size-and-limits|read-returns-what-is-there, 1
            UNWRITTEN_NOT_CONVERTED, ext4, data-is-what-was-written-last|data-at-its-place, 1
            ASKS_AGAIN_FOR_EVER, xfs, atomic-append-goes-to-end|atomic-write-over-hole|atomic-append-to-odd-end, 1
            MIXED_RANGE_REFUSED, ext4-bigalloc, atomic-write-over-mixed, 2
            OFFSET_CUT_TO_32_BITS, ext4, statx-tells-size-and-limits|read-returns-what-is-there|data-is-what-was-written-last|data-at-its-place, 1
            LATER_EXTENTS_LOST, xfs, atomic-write-all-or-none|data-is-what-was-written-last|data-at-its-place, 2
            LATER_PIECES_LOST, xfs, atomic-write-all-or-none|data-is-what-was-written-last|data-at-its-place, 2
            RESERVED_FROM_ROOT, ext4, atomic-write-over-hole|plain-write-returns-its-length|atomic-write-over-mixed|fallocate-allocates|allocate-keeps-data, 2
            SOURCE_OF_CLONE_HARMED, xfs, data-is-what-was-written-last|data-at-its-place, 3
            TWIN_OF_CLONE_HARMED, xfs, data-is-what-was-written-last|data-at-its-place, 3
            FILE_HARMED_THROUGH_TWIN, xfs, data-is-what-was-written-last|data-at-its-place, 3
            STALE_CACHE, bdev, data-is-what-was-written-last|data-at-its-place, 2
            HELD_MAPPING_STALE, bdev, data-is-what-was-written-last|data-at-its-place|atomic-write-all-or-none, 3
            HELD_MAPPING_DETACHED, bdev, data-is-what-was-written-last|data-at-its-place, 3
            STALE_AFTER_PUNCH, ext4, data-is-what-was-written-last|data-at-its-place, 2
            COLLAPSE_MISPLACED, ext4, data-is-what-was-written-last|data-at-its-place, 2
            TWIN_MAPPED_AS_ZEROS, ext4, data-is-what-was-written-last|data-at-its-place|mapping-shows-what-is-there, 1
            HALF_STORED_WITHOUT_SPACE, xfs, refused-write-changes-nothing, 3
            GROWN_WITHOUT_SPACE, ext4, statx-tells-size-and-limits|read-returns-what-is-there, 2
            IMMUTABLE_IGNORED, ext4, immutable-file-refuses-atomic-write, 2
            NOAPPEND_ACCEPTED, ext4, noappend-on-append-only-file, 3
            DIRTY_DROPPED, bdev, data-is-what-was-written-last|data-at-its-place, 2
            TORN_BY_POWER_CUT, bdev, power-cut-leaves-atomic-write-whole, 2
            DSYNC_NOT_DURABLE, bdev, power-cut-keeps-what-was-synced|power-cut-leaves-old-or-new, 2
            FSYNC_NOT_DURABLE, bdev, power-cut-keeps-what-was-synced|power-cut-leaves-old-or-new, 3
            STATX_MIN_HALVED, bdev, statx-agrees-with-queue, 1
            STATX_MAX_DOUBLED, bdev, statx-agrees-with-queue, 1
            STATX_OPTIMAL_INVENTED, bdev, statx-agrees-with-queue, 1
            STATX_SEGMENTS_INVENTED, bdev, statx-agrees-with-queue, 1
            STATX_ATTRIBUTE_MISSING, bdev, statx-agrees-with-queue, 1
            STATX_SIZE_ROUNDED, ext4, statx-tells-size-and-limits, 1
            STATX_OF_PATH_SILENT, bdev, statx-of-path-tells-the-same, 1
            STATX_OF_O_PATH_SILENT, ext4, statx-of-o-path-descriptor-tells-the-same, 1
            STATX_OF_FOLLOWED_LINK_SILENT, xfs, statx-follows-a-link, 1
            STATX_OF_LINK_TELLS_LIMITS, ext4, statx-of-a-link-tells-no-limits, 1
            STATX_OF_DIRECTORY_TELLS_LIMITS, xfs, statx-of-a-directory-tells-no-limits, 1
            MOUNT_RAISES_MIN, xfs, max-atomic-write-sets-limits, 1
            MOUNT_ADDS_SEGMENTS, xfs, max-atomic-write-sets-limits, 1
            MOUNT_DROPS_ATTRIBUTE, xfs, max-atomic-write-sets-limits, 1
            MOUNT_DROPS_LIMITS, xfs, max-atomic-write-sets-limits, 1
            MOUNT_TAKES_ANY_NUMBER, xfs, max-atomic-write-is-a-power-of-two|max-atomic-write-is-whole-blocks|max-atomic-write-is-within-reach, 1
            MOUNT_TAKES_ANY_WORD, xfs, max-atomic-write-is-a-number, 1
            MOUNT_TAKES_MORE_THAN_A_GROUP, xfs, max-atomic-write-is-within-reach, 1
            MOUNT_REFUSES_SUFFIXES, xfs, max-atomic-write-sets-limits, 1
            MOUNT_KEEPS_OPTION, xfs, max-atomic-write-zero-is-default, 2
            REFUSED_MOUNT_SETS_LIMITS, xfs, statx-tells-size-and-limits|length-within-file-limits|direct-io-only|atomic-write-over-hole|memory-must-be-mapped, 2
            MOUNT_OPTION_TAKEN_BY_EXT4, ext4, ext4-has-no-max-atomic-write, 1
            FREEZE_NOT_DURABLE, ext4, power-cut-keeps-what-was-synced|power-cut-leaves-old-or-new|size-after-power-cut, 3
            PAGES_STAY_PINNED, bdev, pinned-pages-are-released, 1
            SPACE_STAYS_IN_USE, ext4, space-comes-back, 3
            TRUNCATE_LEAVES_INCONSISTENCY, xfs, file-system-is-consistent, 3
            MAPPING_MISSES_ATOMIC_WRITE, bdev, data-is-what-was-written-last, 1
            WARNS_AT_UNIT_MAX, bdev, no-splat, 1
            ERROR_SWALLOWED, bdev, no-splat, 1
            HANGS_ON_CACHED, bdev, every-operation-is-answered, 2
            """;

    private static final List<String> TARGETS =
            TargetMatrix.load().targets().stream().map(TargetMatrix.Entry::name).toList();

    @TempDir
    Path output;

    @ParameterizedTest
    @ValueSource(strings = {"6.1.0-50-cloud-amd64", "6.12.117+deb13", "6.13.4", "6.16.12+deb13", "7.3.4+deb13"})
    void conformingKernelPassesAndReachesEveryRule(String release) {
        Session session = Simulated.session(SimulatedMachine.linux(release), ENOUGH_TO_REACH_ALL, output);
        ConformanceSuite.Result suite = ConformanceSuite.run(session, TARGETS);

        assertThat(suite.failures()).isEmpty();
        assertThat(suite.passed()).isEqualTo(2 * TARGETS.size());
        assertThat(session.targetResults())
                .extracting(TargetResult::target)
                .extracting(Target::name)
                .containsExactlyElementsOf(TARGETS);
        assertThat(session.targetResults()).allSatisfy(result -> {
            assertThat(result.tries() + result.unjudged()).isEqualTo(1 + ENOUGH_TO_REACH_ALL);
            assertThat(result.unjudged()).isLessThan(ENOUGH_TO_REACH_ALL / 100);
            assertThat(result.unreached()).isEmpty();
            assertThat(result.coverage().empty()).isEmpty();
        });
    }

    static List<FaultTable.Known> faults() {
        return BLAMED.lines().map(FaultTable.Known::parse).toList();
    }

    @Test
    void everyFaultIsTried() {
        EnumSet<SimulatedFault> others = EnumSet.of(SimulatedFault.NONE, SimulatedFault.TORN_NOW_AND_THEN);
        RfcSpecificationTest.faults().forEach(known -> others.add(known.fault()));

        assertThat(faults())
                .extracting(FaultTable.Known::fault)
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(others));
    }

    @Test
    void theTableHasEachFault() {
        FaultTable.checkReadme(faults());
    }

    @AfterAll
    static void printTable() {
        TABLE.print();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void faultIsFoundAndShrunk(FaultTable.Known known) {
        long begun = FaultTable.now();
        TargetResult result = search(known, 1);
        Counterexample shortest = found(result);
        for (long seed = 2; shortest.trace().operations().size() > known.operations() && seed <= SEEDS; seed++) {
            result = search(known, seed);
            shortest = found(result);
        }

        String rule = shortest.violation().rule().id();
        int operations = shortest.trace().operations().size();
        TABLE.add(known, rule, result.tries(), operations, FaultTable.now() - begun);
        known.check(rule, operations, shortest.trace());
        assertThat(shortest.shown()).isEqualTo(shortest.repeats());
        assertThat(TraceFile.read(shortest.file())).isEqualTo(shortest.trace());
    }

    /** The shortest trace of each fault is in the corpus; a fault that the check of the limits shows needs none. */
    @ParameterizedTest
    @MethodSource("faults")
    void theCorpusShowsTheFault(FaultTable.Known known) {
        assumeTrue(!showsInTheCheckOfLimits(known), "each run shows it, with or without a corpus");
        Corpus.Entry entry = Corpus.shipped().entries().stream()
                .filter(one -> one.name().equals(known.fault().toString()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("corpus.json has no trace of " + known.fault()
                        + ": add the operations of the shortest that faultIsFoundAndShrunk finds"));
        try (SimulatedKernel kernel = new SimulatedKernel(machine(known.fault()))) {
            Environment environment = kernel.prepare(entry.trace().target());
            History history = kernel.run(entry.trace().withReadBack());
            assertThat(entry.trace().target().name()).isEqualTo(known.target());
            Verdict verdict = Judge.judge(
                    history,
                    Specifications.linux(
                            environment.kernel(), entry.trace().target().kind()));
            assertThat(verdict.violation())
                    .as("%s shows", known.fault())
                    .hasValueSatisfying(shown -> assertThat(shown.rule().id()).isIn(known.rules()));
            assertThat(entry.trace().operations()).hasSizeLessThanOrEqualTo(known.operations());
        }
    }

    /** Search from a seed: making a trace shorter keeps to one outcome, and another may take fewer operations. */
    private TargetResult search(FaultTable.Known known, long seed) {
        Session session = Simulated.session(machine(known.fault()), seed, TRIES, output);
        ConformanceSuite.run(session, List.of(known.target()));
        return session.targetResults().iterator().next();
    }

    private static Counterexample found(TargetResult result) {
        assertThat(result.counterexamples()).as("findings").hasSize(1);
        return result.counterexamples().get(0);
    }

    @Test
    void aFlakyFaultIsShrunkAndReportedWithItsRate() {
        Session session =
                Simulated.session(SimulatedMachine.linux("7.3.4").with(SimulatedFault.TORN_NOW_AND_THEN), 300, output);
        ConformanceSuite.run(session, List.of("xfs"));

        assertThat(session.targetResults().iterator().next().counterexamples())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.violation().rule().id()).isEqualTo("atomic-write-all-or-none");
                    assertThat(found.trace().operations()).hasSize(2);
                    assertThat(TextReport.counterexample(found, session.settings()))
                            .contains("repeats   flaky: shown again 1 of 3 times");
                });
    }

    @ParameterizedTest
    @CsvSource({"3, 1", "2, 3", "1, 5", "0, 11"})
    void flakierFindingsRetryCandidatesMore(int shownOfThree, int attempts) {
        assertThat(Shrinker.attempts(shownOfThree, 3)).isEqualTo(attempts);
    }

    private static boolean showsInTheCheckOfLimits(FaultTable.Known known) {
        Target target = Targets.named(TargetMatrix.load(), known.target()).target();
        try (SimulatedKernel kernel = new SimulatedKernel(machine(known.fault()))) {
            Environment environment = kernel.prepare(target);
            History history = kernel.run(new Trace(target, List.of(new Statx())).withReadBack());
            return !Judge.judge(history, Specifications.linux(environment.kernel(), target.kind()))
                    .conforms();
        }
    }

    /** Return a machine on which the fault can show. */
    static SimulatedMachine machine(SimulatedFault fault) {
        return switch (fault) {
            case UNSUPPORTED_ACCEPTED -> SimulatedMachine.linux("6.12.117").with(fault);
            default -> SimulatedMachine.linux("7.3.4").with(fault);
        };
    }

    @Test
    void aFindingIsReportedOnceAndTheSearchGoesOn() {
        Session session = Simulated.session(
                SimulatedMachine.linux("7.3.4").with(SimulatedFault.STATX_SIZE_ROUNDED), 300, 20, output);
        ConformanceSuite.run(session, List.of("xfs"));

        TargetResult result = session.targetResults().iterator().next();
        assertThat(result.counterexamples())
                .extracting(Counterexample::signature)
                .doesNotHaveDuplicates();
        Counterexample found = result.counterexamples().get(0);
        assertThat(found.violation().rule().id()).startsWith("statx-");
        assertThat(result.seenAgain(found)).isPositive();
        assertThat(result.tries()).isGreaterThanOrEqualTo(300);
        assertThat(TextReport.table(session.targetResults()))
                .containsPattern("finding on xfs, in [0-9,]+ sequences: statx");
    }

    @Test
    void aMissingFacilityIsReportedAndItsRulesSkipped() {
        String reason = "io_uring_setup failed: EPERM";
        Session session = Simulated.session(new WithoutRings(reason), Partition.OF_ATOMIC_WRITES, 300, 1, output);
        ConformanceSuite.run(session, List.of("bdev"));

        TargetResult result = session.targetResults().iterator().next();
        assertThat(result.counterexamples()).isEmpty();
        assertThat(result.skippedFor(Facility.IO_URING)).isNotEmpty();
        assertThat(result.holding()).doesNotContainAnyElementsOf(result.skippedFor(Facility.IO_URING));
        assertThat(TextReport.table(session.targetResults()))
                .contains("skipped on bdev, 5 rules that need a kernel that has io_uring: " + reason);
        assertThat(CoverageReport.table(session.targetResults()))
                .containsPattern("io_uring +-\\n")
                .doesNotContainPattern("io_uring +never");
    }

    /** A conforming kernel with its rings switched off. */
    private record WithoutRings(SimulatedKernel kernel, String reason) implements KernelUnderTest {
        WithoutRings(String reason) {
            this(new SimulatedKernel(SimulatedMachine.linux("7.3.4")), reason);
        }

        @Override
        public Environment prepare(Target target) {
            return kernel.prepare(target);
        }

        @Override
        public History run(Trace trace) {
            assertThat(trace.operations())
                    .noneMatch(operation ->
                            operation instanceof Write write && write.engine().isRing());
            return kernel.run(trace);
        }

        @Override
        public void rearmWarnings() {
            kernel.rearmWarnings();
        }

        @Override
        public Set<Facility> facilities() {
            return Set.of(Facility.POWER_CUT, Facility.LIBAIO);
        }

        @Override
        public Map<Facility, String> lacks() {
            return Map.of(Facility.IO_URING, reason);
        }

        @Override
        public void close() {
            kernel.close();
        }
    }

    @Test
    void tooFewTriesToReachEveryRuleDoNotPass() {
        Session session = Simulated.session(SimulatedMachine.linux("7.3.4"), 1, output);
        ConformanceSuite.Result suite = ConformanceSuite.run(session, List.of("xfs"));

        assertThat(suite.failures()).singleElement().satisfies(failure -> assertThat(failure)
                .hasMessageContaining("never reached"));
    }
}
