package io.untorn.conformance.coverage;

import io.untorn.conformance.generate.partition.Attempt;
import io.untorn.conformance.generate.partition.Cell;
import io.untorn.conformance.generate.partition.Crossing;
import io.untorn.conformance.generate.partition.Dimension;
import io.untorn.conformance.generate.partition.Partition;
import io.untorn.conformance.generate.partition.Testbed;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Operation;
import io.untorn.model.oracle.JudgementListener;
import io.untorn.model.rule.Situation;
import io.untorn.model.rule.Specification;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How often a run hit each cell of a {@link Partition}, which rules it told apart, and how many distinct states, by their
 * {@link AbstractState}, its operations met.
 *
 * <p>A write hits a cell if a fault could show there: it may be done, or it is refused and would be answered otherwise if it
 * were ordinary in that respect. One that is refused for another reason tells nothing of the cell. On a target that takes no
 * atomic writes all are refused alike, and each hits its cells.
 */
public final class Coverage implements JudgementListener {
    private final Partition partition;
    private final Testbed testbed;
    private final List<Counter[]> single;
    private final List<Counter[][]> crossed;
    private final List<Counter> all = new ArrayList<>();
    private final VisitedStates visited = new VisitedStates();
    private final Specification specification;
    private final RulesToldApart rules;

    /**
     * Begin to count.
     *
     * @param specification what decides about the operations
     */
    public Coverage(Partition partition, Testbed testbed, Specification specification) {
        this.partition = partition;
        this.testbed = testbed;
        this.specification = specification;
        rules = new RulesToldApart(specification);
        single = partition.dimensions().stream().map(this::counters).toList();
        crossed = partition.crossings().stream().map(this::counters).toList();
    }

    private Counter[] counters(Dimension dimension) {
        return dimension.cells().stream()
                .map(cell -> counter(dimension.name(), cell.name(), isReachable(cell), hiding(cell)))
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
                                        isReachable(first) && isReachable(second),
                                        hiding(first).isEmpty() ? hiding(second) : hiding(first))
                                : null)
                        .toArray(Counter[]::new))
                .toArray(Counter[][]::new);
    }

    private Counter counter(String dimension, String cell, boolean reachable, String hiddenBy) {
        Counter counter = new Counter(dimension, cell, reachable && hiddenBy.isEmpty(), reachable ? hiddenBy : "");
        all.add(counter);
        return counter;
    }

    private boolean isReachable(Cell cell) {
        return cell.reachable().test(testbed);
    }

    private String hiding(Cell cell) {
        return cell.hidden().test(testbed) ? cell.hiddenBy() : "";
    }

    private static final class Counter {
        private final String dimension;
        private final String cell;
        private final boolean reachable;
        private final String hiddenBy;
        private int hits;

        Counter(String dimension, String cell, boolean reachable, String hiddenBy) {
            this.dimension = dimension;
            this.cell = cell;
            this.reachable = reachable;
            this.hiddenBy = hiddenBy;
        }

        Count count() {
            return new Count(dimension, cell, reachable, hiddenBy, hits);
        }
    }

    /**
     * How often a cell was hit.
     *
     * @param dimension the name of its dimension, or of two that cross
     * @param cell its name, or theirs
     * @param reachable whether the target can reach it, so that a fault could show there
     * @param hiddenBy the id of the rule that keeps every fault from showing there; empty if none does
     * @param hits by how many atomic writes in which a fault could show there
     */
    public record Count(String dimension, String cell, boolean reachable, String hiddenBy, int hits) {
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
    }

    @Override
    public synchronized void decided(Operation operation, Situation on, Specification.Decision decision) {
        rules.decided(operation, on, decision);
        for (Attempt attempt : Attempt.of(operation, on)) {
            hit(attempt, about(attempt, operation, decision)).forEach(counter -> counter.hits++);
        }
    }

    /** Tell whether an operation would tell apart a rule that none did before, or hit such a cell. */
    public synchronized boolean reachesFirst(Operation operation, Situation on, Specification.Decision decision) {
        return rules.wouldTellApart(operation, on, decision)
                || Attempt.of(operation, on).stream()
                        .flatMap(attempt -> hit(attempt, about(attempt, operation, decision)).stream())
                        .anyMatch(counter -> counter.count().isEmpty());
    }

    /** Return what decides about a write: of several that are handed over together, as if it were alone. */
    private Specification.Decision about(Attempt attempt, Operation operation, Specification.Decision decision) {
        return operation instanceof Batch ? specification.decide(attempt.write(), attempt.on()) : decision;
    }

    /** Return the counters of the cells that a write hits. */
    private List<Counter> hit(Attempt attempt, Specification.Decision decision) {
        Map<Dimension, Integer> cells = new HashMap<>();
        Set<Dimension> telling = new HashSet<>();
        Telling counts = new Telling(specification, attempt, decision);
        for (Dimension dimension : partition.dimensions()) {
            dimension.indexOf(attempt).ifPresent(cell -> {
                cells.put(dimension, cell);
                if (counts.in(dimension)) {
                    telling.add(dimension);
                }
            });
        }
        List<Counter> hit = new ArrayList<>();
        for (int i = 0; i < single.size(); i++) {
            Dimension dimension = partition.dimensions().get(i);
            if (telling.contains(dimension)) {
                hit.add(single.get(i)[cells.get(dimension)]);
            }
        }
        for (int i = 0; i < crossed.size(); i++) {
            Crossing crossing = partition.crossings().get(i);
            @Nullable Integer first = cells.get(crossing.first());
            @Nullable Integer second = cells.get(crossing.second());
            boolean tells = telling.contains(crossing.first()) || telling.contains(crossing.second());
            if (first != null && second != null && tells) {
                @Nullable Counter counter = crossed.get(i)[first][second];
                if (counter != null) {
                    hit.add(counter);
                }
            }
        }
        return hit;
    }

    /** Return the rules that were told apart. */
    public RulesToldApart rules() {
        return rules;
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
     * @param toldApart the ids of the rules that were told apart
     * @param states the hashes of the states that were met
     */
    public record Counts(Map<String, Integer> hits, Set<String> toldApart, Set<Long> states) {}

    public synchronized Counts counts() {
        Map<String, Integer> counts = new TreeMap<>();
        cells().stream().filter(count -> count.hits() > 0).forEach(count -> counts.put(count.toString(), count.hits()));
        return new Counts(counts, rules.ids(), visited.hashes());
    }

    /** Return the partition of the cells. */
    public Partition partition() {
        return partition;
    }

    public synchronized void clear() {
        all.forEach(counter -> counter.hits = 0);
        rules.clear();
        visited.clear();
    }

    /** Add what was counted before, or elsewhere. */
    public synchronized void add(Counts counts) {
        all.forEach(counter ->
                counter.hits += counts.hits.getOrDefault(counter.count().toString(), 0));
        rules.add(counts.toldApart);
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

    /** Return the cells in which no fault can show. */
    public List<Count> hidden() {
        return cells().stream().filter(count -> !count.hiddenBy().isEmpty()).toList();
    }

    /** Return the cells that the target can reach and no write hit. */
    public List<Count> empty() {
        return cells().stream().filter(Count::isEmpty).toList();
    }
}
