package io.untorn.benchmarks;

import io.untorn.conformance.generate.TraceArbitraries;
import io.untorn.model.history.Trace;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Traces, and operations, generated per second, on one core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class GeneratorBenchmark {
    private final Random random = new Random(1);
    private @Nullable RandomGenerator<Trace> generator;

    /** Counts the operations of the traces. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Operations {
        public long operationsGenerated;
    }

    /** Make the generator. */
    @Setup
    public void makeGenerator() {
        JqwikSession.start();
        generator = TraceArbitraries.of(Xfs.TARGET, Xfs.environment(), Set.of()).generator(1000);
    }

    /** End what jqwik keeps. */
    @TearDown
    public void end() {
        JqwikSession.finish();
    }

    /** Generate a trace. */
    @Benchmark
    public Trace tracesGenerated(Operations operations) {
        Trace trace = generator.next(random).value();
        operations.operationsGenerated += trace.operations().size();
        return trace;
    }
}
