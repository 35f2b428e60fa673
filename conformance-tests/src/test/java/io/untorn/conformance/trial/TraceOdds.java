package io.untorn.conformance.trial;

import io.untorn.conformance.corpus.Corpus;
import io.untorn.conformance.generate.TraceArbitraries;
import io.untorn.conformance.generate.partition.Partition;
import io.untorn.model.contents.TooManyWorldsException;
import io.untorn.model.history.Environment;
import io.untorn.model.history.Trace;
import io.untorn.model.oracle.Oracle;
import io.untorn.model.oracle.Verdict;
import io.untorn.model.target.Target;
import io.untorn.simulated.SimulatedKernel;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import net.jqwik.api.RandomGenerator;

/** In how many of the traces that a run draws something shows. */
final class TraceOdds {
    /** How many traces are drawn: {@code -Duntorn.odds}. */
    private static final int TRACES = Integer.getInteger("untorn.odds", 0);

    private TraceOdds() {}

    /** Return the traces of the corpus for a target, of some entries. */
    static List<Trace> corpus(String target, Predicate<Corpus.Entry> entries) {
        return Corpus.shipped().entries().stream()
                .filter(entries)
                .map(Corpus.Entry::trace)
                .filter(trace -> trace.target().name().equals(target))
                .toList();
    }

    /**
     * Draw traces, run and judge them.
     *
     * @param seeds what some of them grow from
     * @param seen gets the verdict of each that can be judged; the others say nothing, as in a run
     */
    static void judge(
            SimulatedKernel kernel,
            Target target,
            Environment environment,
            Oracle oracle,
            List<Trace> seeds,
            Consumer<Verdict> seen) {
        RandomGenerator<Trace> traces = TraceArbitraries.of(
                        Partition.OF_ATOMIC_WRITES, target, environment, kernel.facilities(), seeds)
                .generator(1000);
        Random random = new Random(7);
        for (int i = 0; i < TRACES; i++) {
            try {
                seen.accept(oracle.judge(kernel.run(traces.next(random).value().withReadBack())));
            } catch (TooManyWorldsException e) {
                // It says nothing, as in a run.
            }
        }
    }

    /** Say how often something showed. */
    static String words(int shown) {
        return shown == 0 ? "none" : String.format(Locale.ROOT, "1 in %.0f", (double) TRACES / shown);
    }
}
