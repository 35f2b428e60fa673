package io.untorn.conformance.coverage;

import io.untorn.conformance.generate.partition.Attempt;
import io.untorn.conformance.generate.partition.Cell;
import io.untorn.conformance.generate.partition.Crossing;
import io.untorn.conformance.generate.partition.Dimension;
import io.untorn.conformance.generate.partition.Partition;
import io.untorn.conformance.generate.partition.Testbed;
import io.untorn.model.operation.Operation;
import io.untorn.model.oracle.JudgementListener;
import io.untorn.model.rule.Situation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How often a run hit each cell of a {@link Partition}, and how many distinct states, by their {@link AbstractState}, its
 * operations met.
 */
public final class Coverage implements JudgementListener {
    private final Partition partition;
    private final Testbed testbed;
    private final List<Counter[]> single;
    private final List<Counter[][]> crossed;
    private final List<Counter> all = new ArrayList<>();
    private final VisitedStates visited = new VisitedStates();

    public Coverage(Partition partition, Testbed testbed) {
        this.partition = partition;
        this.testbed = testbed;
        single = partition.dimensions().stream().map(this::counters).toList();
        crossed = partition.crossings().stream().map(this::counters).toList();
    }

    private Counter[] counters(Dimension dimension) {
        return dimension.cells().stream()
                .map(cell -> counter(dimension.name(), cell.name(), isReachable(cell)))
                .toArray(Counter[]::new);
    }

    /** Cells that exclude each other have no counter. */
    private Counter[][] counters(Crossing crossing) {
        return crossing.first().cells().stream()
                .map(first -> crossing.second().cells().stream()
                        .map(second -> crossing.together().test(first, second)
                                ? counter(
                                        crossing.name(),
                                        first.name() + " × " + second.name(),
                                        isReachable(first) && isReachable(second))
                                : null)
                        .toArray(Counter[]::new))
                .toArray(Counter[][]::new);
    }

    private Counter counter(String dimension, String cell, boolean reachable) {
        Counter counter = new Counter(dimension, cell, reachable);
        all.add(counter);
        return counter;
    }

    private boolean isReachable(Cell cell) {
        return cell.reachable().test(testbed);
    }

    private static final class Counter {
        private final String dimension;
        private final String cell;
        private final boolean reachable;
        private int hits;

        Counter(String dimension, String cell, boolean reachable) {
            this.dimension = dimension;
            this.cell = cell;
            this.reachable = reachable;
        }

        Count count() {
            return new Count(dimension, cell, reachable, hits);
        }
    }

    /**
     * How often a cell was hit.
     *
     * @param dimension the name of its dimension, or of two that cross
     * @param cell its name, or theirs
     * @param reachable whether the target can reach it
     * @param hits by how many atomic writes
     */
    public record Count(String dimension, String cell, boolean reachable, int hits) {
        public boolean isEmpty() {
            return reachable && hits == 0;
        }

        @Override
        public String toString() {
            return dimension + ": " + cell;
        }
    }

    @Override
    public synchronized void beforeOperation(Operation operation, Situation on) {
        visited.beforeOperation(operation, on);
        Attempt.of(operation, on).ifPresent(this::count);
    }

    private void count(Attempt attempt) {
        for (int i = 0; i < single.size(); i++) {
            Counter[] counters = single.get(i);
            partition.dimensions().get(i).indexOf(attempt).ifPresent(cell -> counters[cell].hits++);
        }
        for (int i = 0; i < crossed.size(); i++) {
            Crossing crossing = partition.crossings().get(i);
            OptionalInt first = crossing.first().indexOf(attempt);
            OptionalInt second = crossing.second().indexOf(attempt);
            if (first.isPresent() && second.isPresent()) {
                @Nullable Counter counter = crossed.get(i)[first.getAsInt()][second.getAsInt()];
                if (counter != null) {
                    counter.hits++;
                }
            }
        }
    }

    /** Return how many distinct states were met. */
    public synchronized int states() {
        return visited.count();
    }

    /** Return the hash of the state that the last trace had after so many operations, if it went on from there. */
    public synchronized long stateAfter(int operations) {
        return visited.after(operations);
    }

    /**
     * What was counted.
     *
     * @param hits by dimension and cell
     * @param states the hashes of the states that were met
     */
    public record Counts(Map<String, Integer> hits, Set<Long> states) {}

    public synchronized Counts counts() {
        Map<String, Integer> counts = new TreeMap<>();
        cells().stream().filter(count -> count.hits() > 0).forEach(count -> counts.put(count.toString(), count.hits()));
        return new Counts(counts, visited.hashes());
    }

    /** Return the partition of the cells. */
    public Partition partition() {
        return partition;
    }

    public synchronized void clear() {
        all.forEach(counter -> counter.hits = 0);
        visited.clear();
    }

    /** Add what was counted before, or elsewhere. */
    public synchronized void add(Counts counts) {
        all.forEach(counter ->
                counter.hits += counts.hits.getOrDefault(counter.count().toString(), 0));
        visited.add(counts.states);
    }

    /** Return what was counted, in the order of the partition. */
    public synchronized List<Count> cells() {
        return all.stream().map(Counter::count).toList();
    }

    /** Return how many cells the target can reach. */
    public int reachable() {
        return (int) cells().stream().filter(Count::reachable).count();
    }

    /** A cell that no write hit, and how likely the next write hits it. */
    private record Missed(Count count, double odds) {}

    /**
     * Return the cells that the target can reach and no write hit, the nearest first: the odds of a cell are its weight in its
     * dimension, those of two that cross follow from how often each was hit.
     */
    public synchronized List<Count> nearest() {
        List<Missed> missed = new ArrayList<>();
        for (int i = 0; i < single.size(); i++) {
            List<Cell> cells = partition.dimensions().get(i).cells();
            double weights = Math.max(1, cells.stream().mapToInt(Cell::weight).sum());
            for (int cell = 0; cell < cells.size(); cell++) {
                missed.add(
                        new Missed(single.get(i)[cell].count(), cells.get(cell).weight() / weights));
            }
        }
        for (Counter[][] crossing : crossed) {
            double all = Math.max(1, hits(Arrays.stream(crossing).flatMap(Arrays::stream)));
            for (Counter[] row : crossing) {
                for (int column = 0; column < row.length; column++) {
                    if (row[column] != null) {
                        int at = column;
                        long first = hits(Arrays.stream(row));
                        long second = hits(Arrays.stream(crossing).map(other -> other[at]));
                        missed.add(new Missed(row[column].count(), first / all * (second / all)));
                    }
                }
            }
        }
        return missed.stream()
                .filter(one -> one.count().isEmpty())
                .sorted(Comparator.comparingDouble(Missed::odds).reversed())
                .map(Missed::count)
                .toList();
    }

    private static long hits(Stream<@Nullable Counter> counters) {
        return counters.filter(Objects::nonNull)
                .mapToLong(counter -> counter.hits)
                .sum();
    }

    /** Return the cells that the target can reach and no write hit. */
    public List<Count> empty() {
        return cells().stream().filter(Count::isEmpty).toList();
    }
}
