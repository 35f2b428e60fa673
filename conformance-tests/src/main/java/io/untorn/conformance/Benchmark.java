package io.untorn.conformance;

import io.untorn.model.Environment;
import io.untorn.model.History;
import io.untorn.model.KernelUnderTest;
import io.untorn.model.Oracle;
import io.untorn.model.Specification;
import io.untorn.model.Target;
import io.untorn.model.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;

/** Measures how fast traces are run, with judging and without. */
public final class Benchmark {
    private static final int WARM_UP = 100;
    private static final int SIZE_HINT = 1000;

    private Benchmark() {}

    /**
     * What was measured on one target.
     *
     * @param target where
     * @param operations how many generated operations there were, the same for each way
     * @param executed operations per second, run and read back but not judged
     * @param judged operations per second, run, read back and judged
     */
    public record Speed(Target target, long operations, double executed, double judged) {
        /** Return what judging costs: the time with it, as a multiple of the time without. */
        public double ratio() {
            return executed / judged;
        }
    }

    /** Run the same random traces with judging and without, by turns, after a warm-up. */
    public static Speed measure(KernelUnderTest kernel, Target target, int traces, long seed) {
        Environment environment = kernel.prepare(target);
        Oracle oracle = new Oracle(Specification.linux(environment.kernel(), target.kind()));
        List<Trace> all = generate(target, environment, WARM_UP + traces, seed);
        all.subList(0, WARM_UP).forEach(trace -> oracle.judge(kernel.run(trace.withReadBack())));
        long operations = 0;
        long executing = 0;
        long judging = 0;
        for (Trace trace : all.subList(WARM_UP, all.size())) {
            operations += trace.operations().size();
            long start = System.nanoTime();
            kernel.run(trace.withReadBack());
            long between = System.nanoTime();
            History history = kernel.run(trace.withReadBack());
            oracle.judge(history);
            executing += between - start;
            judging += System.nanoTime() - between;
        }
        return new Speed(target, operations, perSecond(operations, executing), perSecond(operations, judging));
    }

    private static double perSecond(long operations, long nanos) {
        return operations * 1e9 / Math.max(1, nanos);
    }

    private static List<Trace> generate(Target target, Environment environment, int count, long seed) {
        List<Trace> traces = new ArrayList<>();
        JqwikSession.run(() -> {
            RandomGenerator<Trace> generator =
                    TraceArbitraries.of(target, environment, Set.of()).generator(SIZE_HINT);
            Random random = new Random(seed);
            for (int i = 0; i < count; i++) {
                traces.add(generator.next(random).value());
            }
        });
        return traces;
    }
}
