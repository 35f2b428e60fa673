package io.untorn.conformance.generate;

import io.untorn.conformance.generate.partition.AtomicWriteGenerator;
import io.untorn.conformance.generate.partition.Partition;
import io.untorn.conformance.generate.partition.Testbed;
import io.untorn.model.history.Environment;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.FillSpace;
import io.untorn.model.operation.Layout;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.PowerCut;
import io.untorn.model.target.Facility;
import io.untorn.model.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/**
 * Generates traces for a target: most operations meet in a few hot regions, and of the atomic writes more than a third
 * are illegal, for one reason or for two. {@link OperationKind} says how often each operation comes, a {@link Partition}
 * what atomic writes are like. A trace with a power cut fills no space: which blocks stay allocated after a cut is unknown,
 * and so is what may lack space. It has no layouts either: each of their calls adds to
 * the sizes that a cut may leave; and no batches, as each order of their requests does.
 */
public final class TraceArbitraries {
    /** The most operations that are drawn for a trace; those that prepare for an atomic write come on top. */
    private static final int MAX_DRAWN = 30;

    /**
     * One trace of so many grows from the corpus. Measured by FaultOddsTest, with the trace of the fault itself left out of the
     * corpus.
     */
    private static final int ONE_GROWS_OF = 8;

    /** The number of tries that jqwik assumes; which values it then prefers does not matter here. */
    private static final int SIZE_HINT = 1000;

    private TraceArbitraries() {}

    /** Return traces of 1 to {@value #MAX_DRAWN} operations, and what prepares for them. */
    public static Arbitrary<Trace> of(Target target, Environment environment, Set<Facility> facilities) {
        return of(Partition.OF_ATOMIC_WRITES, target, environment, facilities, List.of());
    }

    /**
     * Return such traces with atomic writes drawn from a partition.
     *
     * @param seeds traces that some of them grow from; may be empty
     */
    public static Arbitrary<Trace> of(
            Partition partition, Target target, Environment environment, Set<Facility> facilities, List<Trace> seeds) {
        Growth growth = new Growth(seeds);
        RandomGenerator<Source> sources = sources(partition, new Testbed(target, environment, facilities));
        RandomGenerator<Trace> traces = random -> {
            List<Operation> all = new ArrayList<>();
            Stream.generate(() -> sources.next(random).value())
                    .limit(1 + random.nextInt(MAX_DRAWN))
                    .forEach(source -> all.addAll(source.next(random)));
            if (growth.isPossible() && random.nextInt(ONE_GROWS_OF) == 0) {
                List<Operation> grown = growth.among(List.copyOf(all), random);
                all.clear();
                all.addAll(grown);
            }
            if (all.contains(new PowerCut())) {
                all.removeIf(operation ->
                        operation instanceof FillSpace || operation instanceof Layout || operation instanceof Batch);
            }
            return Shrinkable.unshrinkable(new Trace(target, all));
        };
        return Arbitraries.fromGenerator(traces);
    }

    /** Draws an operation, or one that needs others around it. */
    @FunctionalInterface
    private interface Source {
        List<Operation> next(Random random);
    }

    private static RandomGenerator<Source> sources(Partition partition, Testbed testbed) {
        AtomicWriteGenerator atomicWrites = new AtomicWriteGenerator(partition, testbed);
        OperationArbitraries others = new OperationArbitraries(testbed);
        List<Tuple2<Integer, Source>> weighted = new ArrayList<>();
        for (OperationKind kind : OperationKind.values()) {
            Source source = kind == OperationKind.ATOMIC_WRITE ? atomicWrites::next : drawn(others.of(kind));
            weighted.add(Tuple.of(kind.weight(testbed), source));
        }
        return Arbitraries.frequency(weighted).generator(SIZE_HINT);
    }

    private static Source drawn(Arbitrary<List<Operation>> operations) {
        RandomGenerator<List<Operation>> generator = operations.generator(SIZE_HINT);
        return random -> generator.next(random).value();
    }
}
