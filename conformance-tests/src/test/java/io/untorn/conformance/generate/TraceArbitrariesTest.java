package io.untorn.conformance.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.untorn.conformance.run.Simulated;
import io.untorn.model.history.Environment;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Situation;
import io.untorn.model.rule.Specification;
import io.untorn.model.rules.Specifications;
import io.untorn.model.state.FileState;
import io.untorn.model.state.PageCaches;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.Target;
import io.untorn.simulated.SimulatedKernel;
import io.untorn.simulated.SimulatedMachine;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Looks at what is generated, not at what a kernel makes of it. */
final class TraceArbitrariesTest {
    private static final int TRACES = 2000;
    private static final int BUCKET = 4096;

    static Stream<Target> targets() {
        return Stream.of(Simulated.DEVICE, Simulated.EXT4, Simulated.BIGALLOC, Simulated.XFS);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void aThirdOfTheAtomicWritesIsIllegal(Target target) {
        Environment environment = environment(target);
        Specification specification = Specifications.linux(new KernelVersion(7, 3), target.kind());
        List<Write> atomic = traces(target, environment).stream()
                .flatMap(trace -> trace.operations().stream())
                .filter(Write.class::isInstance)
                .map(Write.class::cast)
                .filter(Write::atomic)
                .toList();
        Situation fresh = new Situation(target, environment, FileState.pristine(environment), PageCaches.NONE, 0);
        long illegal = atomic.stream()
                .filter(write -> specification.decide(write, fresh).expectation().permits().stream()
                        .noneMatch(permit -> write.length() > 0
                                && permit.next(new Outcome.Returned(write.length()))
                                        .isPresent()))
                .count();

        System.out.printf("%s: %d of %d atomic writes are illegal%n", target, illegal, atomic.size());
        assertThat(illegal * 3).isGreaterThanOrEqualTo(atomic.size());
        assertThat(illegal * 3).isLessThan(2L * atomic.size());
    }

    @ParameterizedTest
    @MethodSource("targets")
    void someAreIllegalForTwoReasons(Target target) {
        long both = traces(target, environment(target)).stream()
                .flatMap(trace -> trace.operations().stream())
                .filter(Write.class::isInstance)
                .map(Write.class::cast)
                .filter(write -> write.atomic() && write.access() == Access.BUFFERED)
                .filter(write -> write.length() > 0 && Integer.bitCount(write.length()) > 1)
                .count();

        System.out.printf("%s: %d atomic writes are buffered and of a length that is no power of two%n", target, both);
        assertThat(both).isGreaterThan(10);
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
        if (operation instanceof Write write) {
            return buckets(write.stampedOffset(), write.length());
        }
        if (operation instanceof Read read) {
            return buckets(read.offset(), read.length());
        }
        if (operation instanceof Fallocate fallocate) {
            return buckets(fallocate.offset(), fallocate.length());
        }
        return Set.of();
    }

    private static Set<Long> buckets(long offset, int length) {
        return LongStream.range(offset / BUCKET, (offset + length + BUCKET - 1) / BUCKET)
                .boxed()
                .collect(Collectors.toSet());
    }

    private static List<Trace> traces(Target target, Environment environment) {
        return Simulated.traces(target, environment, Set.of(), TRACES);
    }

    private static Environment environment(Target target) {
        return new SimulatedKernel(SimulatedMachine.linux("7.3.4")).prepare(target);
    }
}
