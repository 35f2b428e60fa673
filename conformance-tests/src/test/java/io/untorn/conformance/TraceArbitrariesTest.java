package io.untorn.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.model.Environment;
import io.untorn.model.FileState;
import io.untorn.model.KernelVersion;
import io.untorn.model.Operation;
import io.untorn.model.Operation.Write;
import io.untorn.model.Outcome;
import io.untorn.model.Situation;
import io.untorn.model.Specification;
import io.untorn.model.Target;
import io.untorn.model.TargetKind;
import io.untorn.model.Trace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Looks at what is generated, not at what a kernel makes of it. */
final class TraceArbitrariesTest {
    private static final int TRACES = 2000;
    private static final int BUCKET = 4096;

    static Stream<Target> targets() {
        return Stream.of(
                new Target("bdev", TargetKind.BLOCK_DEVICE, 512, 512, false),
                new Target("ext4", TargetKind.EXT4, 4096, 4096, false),
                new Target("ext4-bigalloc", TargetKind.EXT4, 4096, 16384, false),
                new Target("xfs", TargetKind.XFS, 4096, 4096, true));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void aThirdOfTheAtomicWritesIsIllegal(Target target) {
        Environment environment = environment(target);
        Specification specification = Specification.linux(new KernelVersion(7, 3), target.kind());
        List<Write> atomic = traces(target, environment).stream()
                .flatMap(trace -> trace.operations().stream())
                .filter(Write.class::isInstance)
                .map(Write.class::cast)
                .filter(Write::atomic)
                .toList();
        Situation fresh = new Situation(target, environment, FileState.pristine(environment.size()), 0);
        long illegal = atomic.stream()
                .filter(write -> specification.decide(write, fresh).expectation().permits().stream()
                        .noneMatch(permit ->
                                permit.outcome().equals(new Outcome.Returned(write.length())) && write.length() > 0))
                .count();

        System.out.printf("%s: %d of %d atomic writes are illegal%n", target, illegal, atomic.size());
        assertThat(illegal * 3).isGreaterThanOrEqualTo(atomic.size());
        assertThat(illegal * 3).isLessThan(2L * atomic.size());
    }

    @ParameterizedTest
    @MethodSource("targets")
    void mostOperationsMeetAnEarlierOne(Target target) {
        int operations = 0;
        int meeting = 0;
        for (Trace trace : traces(target, environment(target))) {
            Set<Long> touched = new HashSet<>();
            for (Operation operation : trace.operations()) {
                Set<Long> mine = buckets(operation);
                if (!mine.isEmpty() && !touched.isEmpty()) {
                    operations++;
                    meeting += mine.stream().anyMatch(touched::contains) ? 1 : 0;
                }
                touched.addAll(mine);
            }
        }

        System.out.printf("%s: %d of %d operations meet an earlier one%n", target, meeting, operations);
        assertThat(meeting * 2).isGreaterThan(operations);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void theSameSeedGivesTheSameTraces(Target target) {
        assertThat(traces(target, environment(target))).isEqualTo(traces(target, environment(target)));
    }

    private static Set<Long> buckets(Operation operation) {
        Set<Long> buckets = new HashSet<>();
        operation.ranges().forEach(range -> {
            for (long at = range.offset() / BUCKET; at * BUCKET < range.end(); at++) {
                buckets.add(at);
            }
        });
        return buckets;
    }

    private static List<Trace> traces(Target target, Environment environment) {
        List<Trace> traces = new ArrayList<>();
        JqwikSession.run(() -> {
            RandomGenerator<Trace> generator =
                    TraceArbitraries.of(target, environment).generator(1000);
            Random random = new Random(42);
            for (int i = 0; i < TRACES; i++) {
                traces.add(generator.next(random).value());
            }
        });
        return traces;
    }

    private static Environment environment(Target target) {
        return new SimulatedKernel("7.3.4", SimulatedKernel.Fault.NONE).prepare(target);
    }
}
