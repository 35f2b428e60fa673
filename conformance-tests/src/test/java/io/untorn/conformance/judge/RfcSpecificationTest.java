package io.untorn.conformance.judge;

import static io.untorn.model.oracle.VerdictAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.conformance.generate.AuditSample;
import io.untorn.conformance.generate.TraceArbitraries;
import io.untorn.conformance.report.TextReport;
import io.untorn.conformance.run.Simulated;
import io.untorn.conformance.shrink.Descent;
import io.untorn.conformance.shrink.Simplifications;
import io.untorn.conformance.trial.FaultTable;
import io.untorn.model.contents.TooManyWorldsException;
import io.untorn.model.history.Environment;
import io.untorn.model.history.History;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.MapExtents;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Oracle;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Specification;
import io.untorn.model.rules.SpecificationName;
import io.untorn.model.target.Facility;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.Limits;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import io.untorn.simulated.SimulatedFault;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import io.untorn.simulated.Space;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plays the example of the mail of 2023-12-04 on a simulated kernel with the ext4 that it explains. */
public final class RfcSpecificationTest {
    /** Faults, each with a target, the rules of which it breaks one there, and the number of operations that show it. */
    private static final String BLAMED =
            """
            ALIGNED_ALLOCATION_MISPLACED, ext4-1k, rfc-atomic-write-lies-aligned, 2
            MISFIT_EXTENT_ACCEPTED, ext4-1k, rfc-misfit-extent-refused|rfc-atomic-write-lies-aligned, 3
            SMALL_HOLE_ACCEPTED, ext4-1k, rfc-mixed-range-refused, 2
            WARNING_OF_THE_MAIL, ext4-1k, no-splat, 1
            """;

    private static final FaultTable TABLE = new FaultTable();

    private static final Target EXT4 = new Target("ext4-1k", TargetKind.EXT4, 1024, 1024, false);
    private static final Specification RFC =
            SpecificationName.parse("rfc-ext4-2023").on(TargetKind.EXT4, new KernelVersion(6, 7));
    private static final Write WRITE = Write.atomic(0, 4096);
    private static final int TRACES = 10_000;

    @Test
    void statxTellsWhatTheMailShows() {
        assertThat(new SimulatedKernel(SimulatedMachine.rfc()).prepare(EXT4).limits())
                .isEqualTo(new Limits(1024, 524288, 0, 1, true));
    }

    @Test
    void fourBlocksInAnEmptyFileLieAligned() {
        Verdict verdict = judge(SimulatedMachine.rfc(), WRITE, new MapExtents());

        assertThat(verdict).conforms().reached("rfc-hole-gets-aligned-extent", "rfc-atomic-write-lies-aligned");
    }

    @Test
    void aMisfitExtentIsRefusedUntilItIsPunched() {
        Verdict verdict = judge(
                SimulatedMachine.rfc().with(Space.WHOLE),
                Write.plain(Access.DIRECT, 0, 8192),
                new MapExtents(),
                WRITE,
                new Fallocate(Fallocate.Mode.PUNCH_HOLE, 0, 4096),
                WRITE);

        assertThat(verdict).conforms().reached("rfc-misfit-extent-refused", "rfc-hole-gets-aligned-extent");
    }

    static Stream<Set<Facility>> facilities() {
        return Stream.of(Set.of(), Set.of(Facility.POWER_CUT));
    }

    @ParameterizedTest
    @MethodSource("facilities")
    void theSeriesConforms(Set<Facility> facilities) {
        conformsAndReachesEveryRule(SimulatedMachine.rfc(), EXT4, RFC, facilities);
    }

    public static List<FaultTable.Known> faults() {
        return BLAMED.lines().map(FaultTable.Known::parse).toList();
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
        SimulatedMachine machine = SimulatedMachine.rfc().with(known.fault());
        Found found = shortest(machine);
        Verdict verdict = Judge.judge(run(machine, found.trace.withReadBack()), RFC);
        String rule = verdict.violation().orElseThrow().rule().id();
        int operations = found.trace.operations().size();
        TABLE.add(known, rule, found.tries, operations, FaultTable.now() - begun);
        known.check(rule, operations, found.trace);
    }

    @Test
    void theMailsFaultIsShrunkAndReportedWithItsLines() {
        SimulatedMachine machine = SimulatedMachine.rfc().with(SimulatedFault.WARNING_OF_THE_MAIL);
        Trace shortest = shortest(machine).trace;
        History history = run(machine, shortest);
        Verdict verdict = Judge.judge(history, RFC);
        Set<String> broken = new TreeSet<>();
        verdict.violations().forEach(violation -> broken.add(violation.rule().id()));
        String report = TextReport.verdict(history, verdict, RFC);
        System.out.print(report);

        assertThat(shortest.operations()).containsExactly(WRITE);
        assertThat(broken).containsExactlyInAnyOrder("no-splat", "rfc-hole-gets-aligned-extent");
        assertThat(report)
                .contains("WARNING: CPU: 1 PID: 158 at fs/ext4/mballoc.c:2991 ext4_mb_regular_allocator")
                .contains("Returned extent couldn't satisfy alignment requirements")
                .contains("a hole gets an aligned extent")
                .contains("quoted WARNING");
    }

    static Stream<Target> targets() {
        return Stream.of(Simulated.DEVICE, Simulated.EXT4, Simulated.BIGALLOC, Simulated.XFS);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void mainlineKeepsThePromise(Target target) {
        Specification promise = SpecificationName.parse("promise").on(target.kind());
        conformsAndReachesEveryRule(SimulatedMachine.linux("7.3.4"), target, promise, Set.of(Facility.POWER_CUT));
    }

    private static void conformsAndReachesEveryRule(
            SimulatedMachine machine, Target target, Specification specification, Set<Facility> facilities) {
        SimulatedKernel kernel = new SimulatedKernel(machine);
        Environment environment = kernel.prepare(target);
        Set<String> reached = new TreeSet<>();
        Oracle oracle = new Oracle(specification);
        int unjudged = 0;
        AuditSample audits = new AuditSample();
        for (Trace drawn : Simulated.traces(target, environment, facilities, TRACES)) {
            History history = kernel.run(audits.sampled(drawn).withReadBack());
            audits.ran(history);
            Verdict verdict;
            try {
                verdict = oracle.judge(history);
            } catch (TooManyWorldsException e) {
                unjudged++;
                continue;
            }
            assertThat(verdict)
                    .as(() -> TextReport.verdict(history, verdict, specification))
                    .conforms();
            reached.addAll(verdict.reached().keySet());
        }

        assertThat(unjudged).isLessThan(TRACES / 100);
        assertThat(reached)
                .containsAll(specification.reachable(target.kind(), environment.limits(), facilities).stream()
                        .map(Rule::id)
                        .toList());
    }

    private static Verdict judge(SimulatedMachine machine, Operation... operations) {
        return Judge.judge(run(machine, new Trace(EXT4, List.of(operations))), RFC);
    }

    private static History run(SimulatedMachine machine, Trace trace) {
        SimulatedKernel kernel = new SimulatedKernel(machine);
        kernel.prepare(EXT4);
        return kernel.run(trace);
    }

    /** A trace that breaks a rule, and how many were tried to find it. */
    private record Found(int tries, Trace trace) {}

    /** Return the first trace that breaks a rule, shrunk as far as it goes. */
    private static Found shortest(SimulatedMachine machine) {
        Found[] found = new Found[1];
        JqwikSession.run(() -> {
            Environment environment = new SimulatedKernel(machine).prepare(EXT4);
            RandomGenerator<Trace> generator =
                    TraceArbitraries.of(EXT4, environment, Set.of()).generator(1000);
            Random random = new Random(42);
            Trace broken = generator.next(random).value();
            int tries = 1;
            for (; conforms(machine, broken); tries++) {
                broken = generator.next(random).value();
            }
            List<Operation> shortest = new Descent(
                            broken,
                            Set.of(),
                            Simplifications.on(EXT4),
                            candidate -> !conforms(machine, new Trace(EXT4, candidate)))
                    .toTheEnd();
            found[0] = new Found(tries, new Trace(EXT4, shortest));
        });
        return found[0];
    }

    private static boolean conforms(SimulatedMachine machine, Trace trace) {
        return Judge.judge(run(machine, trace.withReadBack()), RFC).conforms();
    }
}
