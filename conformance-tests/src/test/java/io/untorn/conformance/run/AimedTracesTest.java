package io.untorn.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.untorn.conformance.generate.AuditSample;
import io.untorn.conformance.generate.TraceArbitraries;
import io.untorn.conformance.generate.partition.Partition;
import io.untorn.conformance.result.TargetResult;
import io.untorn.model.contents.TooManyWorldsException;
import io.untorn.model.history.Environment;
import io.untorn.model.history.History;
import io.untorn.model.history.Trace;
import io.untorn.model.oracle.Oracle;
import io.untorn.model.rule.Specification;
import io.untorn.model.rules.Specifications;
import io.untorn.model.target.Facility;
import io.untorn.model.target.Target;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Looks at how soon every cell is hit and every rule told apart: by traces as they come, and by some that aim. */
final class AimedTracesTest {
    private static final List<Long> SEEDS = List.of(1L, 2L, 3L, 4L, 5L);

    private static final Set<Facility> ENGINES = Set.of(Facility.IO_URING, Facility.LIBAIO);

    /** What a slow machine does of operations on one target in the time of a default run that waits for cells. */
    private static final int AFFORDABLE = 16_000;

    /** When such a run is late: half of the time that it has is over, and a third of that in which it waits for cells. */
    private static final int LATE = AFFORDABLE / 6;

    private static final int NEVER = Integer.MAX_VALUE;

    /** All targets on a kernel that has all rules, and one on a kernel in which no file takes an atomic write. */
    static Stream<Arguments> machines() {
        return Stream.of(
                arguments("7.3.4", Simulated.DEVICE),
                arguments("7.3.4", Simulated.EXT4),
                arguments("7.3.4", Simulated.BIGALLOC),
                arguments("7.3.4", Simulated.XFS),
                arguments("6.12.117", Simulated.XFS));
    }

    @ParameterizedTest
    @MethodSource("machines")
    void aSlowMachineHitsEveryCellAndReachesEveryRule(String release, Target target) {
        List<Integer> aimed = new ArrayList<>();
        List<Integer> asTheyCome = new ArrayList<>();
        for (long seed : SEEDS) {
            aimed.add(operationsUntilNothingIsLeft(release, target, seed, LATE));
            asTheyCome.add(operationsUntilNothingIsLeft(release, target, seed, NEVER));
        }

        System.out.printf(
                Locale.ROOT,
                "COVERAGE %-14s %-8s complete after %s operations, without aiming after %s%n",
                target,
                release,
                aimed,
                asTheyCome);
        assertThat(aimed).allSatisfy(operations -> assertThat(operations).isLessThanOrEqualTo(AFFORDABLE));
        assertThat(sum(aimed)).isLessThan(sum(asTheyCome));
    }

    @Test
    void tracesThatAimAreTheSameForASeed() {
        assertThat(operationsUntilNothingIsLeft("7.3.4", Simulated.EXT4, 7, LATE))
                .isEqualTo(operationsUntilNothingIsLeft("7.3.4", Simulated.EXT4, 7, LATE));
    }

    private static int sum(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).sum();
    }

    private static int operationsUntilNothingIsLeft(String release, Target target, long seed, int late) {
        SimulatedKernel kernel = new SimulatedKernel(SimulatedMachine.linux(release));
        Environment environment = kernel.prepare(target);
        Specification specification = Specifications.linux(environment.kernel(), target.kind());
        TargetResult result = new TargetResult(
                Partition.OF_ATOMIC_WRITES,
                target,
                environment,
                specification,
                ENGINES,
                Map.of(),
                Optional.empty(),
                List.of());
        Oracle oracle = new Oracle(specification);
        JqwikSession.run(() -> {
            RandomGenerator<Trace> traces = new AimedTraces(
                    TraceArbitraries.of(target, environment, ENGINES).generator(1000),
                    result,
                    () -> result.operations() >= late);
            AuditSample audits = new AuditSample();
            Random random = new Random(seed);
            while (!result.isEnough() && result.operations() < 10 * AFFORDABLE) {
                Trace trace = audits.sampled(traces.next(random).value());
                History history = kernel.run(trace.withReadBack());
                audits.ran(history);
                try {
                    result.add(trace, oracle.judge(history, result.coverage()), 0);
                } catch (TooManyWorldsException e) {
                    result.addUnjudged(0);
                }
            }
        });
        assertThat(result.isEnough())
                .as(
                        "reached on %s of %s with seed %d: all but %s %s",
                        target,
                        release,
                        seed,
                        result.unreached(),
                        result.coverage().empty())
                .isTrue();
        return (int) result.operations();
    }
}
