package io.untorn.conformance.trial;

import io.untorn.agent.protocol.Request;
import io.untorn.conformance.generate.TraceArbitraries;
import io.untorn.model.history.Environment;
import io.untorn.model.history.History;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Oracle;
import io.untorn.model.rules.Specifications;
import io.untorn.model.target.Target;
import io.untorn.vm.VirtualKernel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;

/** Measures how fast traces are generated, run and judged, and how fast the same writes are without the kit. */
public final class Benchmark {
    private static final int WARM_UP = 100;
    private static final int SIZE_HINT = 1000;

    /** Bytes in each of the writes that all three ways do. */
    private static final int BLOCK = 4096;

    /** Bytes that they go to. */
    private static final int SPAN = 1 << 20;

    private static final int WRITES_OF_TRACE = 500;

    private final VirtualKernel kernel;
    private final Target target;
    private final long seed;
    private final Duration time;

    /**
     * Measure on one target.
     *
     * @param seed where traces, and the places of writes, come from
     * @param time how long each way to write is measured
     */
    public Benchmark(VirtualKernel kernel, Target target, long seed, Duration time) {
        this.kernel = kernel;
        this.target = target;
        this.seed = seed;
        this.time = time;
    }

    /**
     * What was measured of generated traces.
     *
     * @param operations how many generated operations there were, the same for each way
     * @param executed operations per second, run and read back but not judged
     * @param judged operations per second, generated, run, read back and judged
     */
    public record Speed(long operations, double executed, double judged) {
        /** Return what generating and judging cost: the time with them, as a multiple of the time without. */
        public double ratio() {
            return executed / judged;
        }
    }

    /**
     * What was measured of direct atomic writes of 4 KiB to random places of 1 MiB that was written before.
     *
     * @param judged writes per second by the kit: generated, run, read back and judged
     * @param looped writes per second by the agent alone, in a loop around the system call
     * @param fio writes per second by fio, where there is one
     */
    public record Writes(double judged, double looped, OptionalDouble fio) {}

    /** Run the same random traces with generating and judging and without, by turns, after a warm-up. */
    public Speed generated(int traces) {
        Environment environment = kernel.prepare(target);
        Oracle oracle = oracle(environment);
        long[] measured = new long[3];
        JqwikSession.run(() -> {
            RandomGenerator<Trace> generator =
                    TraceArbitraries.of(target, environment, Set.of()).generator(SIZE_HINT);
            Random random = new Random(seed);
            for (int i = 0; i < WARM_UP; i++) {
                oracle.judge(kernel.run(generator.next(random).value().withReadBack()));
            }
            for (int i = 0; i < traces; i++) {
                long start = System.nanoTime();
                Trace trace = generator.next(random).value();
                Trace observed = trace.withReadBack();
                oracle.judge(kernel.run(observed));
                long between = System.nanoTime();
                kernel.run(observed);
                measured[0] += trace.operations().size();
                measured[1] += System.nanoTime() - between;
                measured[2] += between - start;
            }
        });
        return new Speed(measured[0], perSecond(measured[0], measured[1]), perSecond(measured[0], measured[2]));
    }

    /** Do the same writes by the kit, by the agent alone, and by fio. */
    public Writes writes(Optional<Fio> fio) {
        Oracle oracle = oracle(kernel.prepare(target));
        Random random = new Random(seed);
        judgedFor(time.dividedBy(4), oracle, random);
        double judged = judgedFor(time, oracle, random);
        double looped = kernel.writesPerSecond(new Request.LoopWrites(BLOCK, SPAN, (int) time.toMillis(), seed));
        OptionalDouble other = fio.map(program -> OptionalDouble.of(
                        Fio.writesPerSecond(kernel.run(program.name(), program.arguments(BLOCK, SPAN, time)))))
                .orElse(OptionalDouble.empty());
        return new Writes(judged, looped, other);
    }

    private double judgedFor(Duration limit, Oracle oracle, Random random) {
        long writes = 0;
        long start = System.nanoTime();
        while (System.nanoTime() - start < limit.toNanos()) {
            History history = kernel.run(blocks(random).withReadBack());
            oracle.judge(history);
            writes += WRITES_OF_TRACE;
        }
        return perSecond(writes, System.nanoTime() - start);
    }

    private Trace blocks(Random random) {
        List<Operation> operations = new ArrayList<>();
        operations.add(Write.plain(Access.DIRECT, 0, SPAN));
        for (int i = 0; i < WRITES_OF_TRACE; i++) {
            operations.add(Write.atomic((long) random.nextInt(SPAN / BLOCK) * BLOCK, BLOCK));
        }
        return new Trace(target, operations);
    }

    private Oracle oracle(Environment environment) {
        return new Oracle(Specifications.linux(environment.kernel(), target.kind()));
    }

    private static double perSecond(long operations, long nanos) {
        return operations * 1e9 / Math.max(1, nanos);
    }
}
