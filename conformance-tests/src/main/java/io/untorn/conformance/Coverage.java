package io.untorn.conformance;

import io.untorn.conformance.partition.Attempt;
import io.untorn.conformance.partition.Cell;
import io.untorn.conformance.partition.Crossing;
import io.untorn.conformance.partition.Dimension;
import io.untorn.conformance.partition.Ground;
import io.untorn.conformance.partition.Partition;
import io.untorn.model.Operation;
import io.untorn.model.Situation;
import io.untorn.model.Witness;
import io.untorn.model.Write;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How often a run hit each cell of a {@link Partition}, and how many distinct states, by their {@link AbstractState}, its
 * operations met.
 */
public final class Coverage implements Witness {
    private final Partition partition;
    private final Ground ground;
    private final List<int[]> hits;
    private final List<int[][]> crossed;
    private final Visits visits = new Visits();

    Coverage(Partition partition, Ground ground) {
        this.partition = partition;
        this.ground = ground;
        hits = partition.dimensions().stream()
                .map(dimension -> new int[dimension.cells().size()])
                .toList();
        crossed = partition.crossings().stream()
                .map(crossing -> new int[crossing.first().cells().size()]
                        [crossing.second().cells().size()])
                .toList();
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
        boolean isEmpty() {
            return reachable && hits == 0;
        }

        @Override
        public String toString() {
            return dimension + ": " + cell;
        }
    }

    @Override
    public synchronized void met(Operation operation, Situation on) {
        visits.met(operation, on);
        if (operation instanceof Write write && write.atomic()) {
            count(new Attempt(write, on));
        }
    }

    private void count(Attempt attempt) {
        for (int i = 0; i < hits.size(); i++) {
            int[] counts = hits.get(i);
            partition.dimensions().get(i).indexOf(attempt).ifPresent(cell -> counts[cell]++);
        }
        for (int i = 0; i < crossed.size(); i++) {
            Crossing crossing = partition.crossings().get(i);
            OptionalInt first = crossing.first().indexOf(attempt);
            OptionalInt second = crossing.second().indexOf(attempt);
            if (first.isPresent() && second.isPresent()) {
                crossed.get(i)[first.getAsInt()][second.getAsInt()]++;
            }
        }
    }

    /** Return how many distinct states were met. */
    public synchronized int states() {
        return visits.count();
    }

    /** Return the hash of the state that was met last. */
    synchronized long lastState() {
        return visits.last();
    }

    /**
     * What was counted.
     *
     * @param hits by dimension and cell
     * @param states the hashes of the states that were met
     */
    record Counts(Map<String, Integer> hits, Set<Long> states) {}

    synchronized Counts counts() {
        Map<String, Integer> counts = new TreeMap<>();
        cells().stream().filter(count -> count.hits() > 0).forEach(count -> counts.put(count.toString(), count.hits()));
        return new Counts(counts, visits.hashes());
    }

    /** Make these the counts. */
    synchronized void restore(Counts counts) {
        Iterator<Count> cells = cells().iterator();
        hits.forEach(row -> restore(row, cells, counts));
        crossed.forEach(rows -> List.of(rows).forEach(row -> restore(row, cells, counts)));
        visits.restore(counts.states);
    }

    private static void restore(int[] row, Iterator<Count> cells, Counts counts) {
        Arrays.setAll(row, cell -> counts.hits.getOrDefault(cells.next().toString(), 0));
    }

    /** Return what was counted, in the order of the partition. */
    public synchronized List<Count> cells() {
        List<Count> counts = new ArrayList<>();
        for (int i = 0; i < hits.size(); i++) {
            Dimension dimension = partition.dimensions().get(i);
            int[] found = hits.get(i);
            IntStream.range(0, found.length).forEach(cell -> {
                Cell one = dimension.cells().get(cell);
                counts.add(new Count(dimension.name(), one.name(), isReachable(one), found[cell]));
            });
        }
        for (int i = 0; i < crossed.size(); i++) {
            Crossing crossing = partition.crossings().get(i);
            int[][] found = crossed.get(i);
            for (int row = 0; row < found.length; row++) {
                Cell first = crossing.first().cells().get(row);
                for (int column = 0; column < found[row].length; column++) {
                    Cell second = crossing.second().cells().get(column);
                    counts.add(new Count(
                            crossing.name(),
                            first.name() + " × " + second.name(),
                            isReachable(first) && isReachable(second) && crossing.together().test(first, second),
                            found[row][column]));
                }
            }
        }
        return counts;
    }

    private boolean isReachable(Cell cell) {
        return cell.reachable().test(ground);
    }

    /** Return how many cells the target can reach. */
    public int reachable() {
        return (int) cells().stream().filter(Count::reachable).count();
    }

    /** Return the cells that the target can reach and no write hit. */
    public List<Count> empty() {
        return cells().stream().filter(Count::isEmpty).toList();
    }
}
