package io.untorn.conformance;

import io.untorn.conformance.Partition.Attempt;
import io.untorn.conformance.Partition.Cell;
import io.untorn.conformance.Partition.Dimension;
import io.untorn.conformance.Partition.Ground;
import io.untorn.model.Operation;
import io.untorn.model.Situation;
import io.untorn.model.Witness;
import io.untorn.model.Write;
import io.untorn.vm.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How often a run hit each cell of the {@link Partition}, and how many distinct states, by their
 * {@link AbstractState}, its operations met.
 */
public final class Coverage implements Witness {
    private final Ground ground;
    private final IdentityHashMap<Cell, int[]> hits = new IdentityHashMap<>();
    private final Visits visits = new Visits();

    Coverage(Ground ground) {
        this.ground = ground;
    }

    @Override
    public synchronized void met(Operation operation, Situation on) {
        visits.met(operation, on);
        if (operation instanceof Write write && write.atomic()) {
            Attempt attempt = new Attempt(write, on);
            for (Dimension dimension : Partition.DIMENSIONS) {
                dimension.cellOf(attempt).ifPresent(cell -> hits.computeIfAbsent(cell, first -> new int[1])[0]++);
            }
        }
    }

    /**
     * Write what was counted on some targets to {@code coverage.txt} in a folder.
     *
     * @return the file
     * @throws UntornException if it can't be written: a failure of machinery
     */
    public static Path save(Path folder, Collection<Tally> tallies) {
        Path file = folder.resolve("coverage.txt");
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    file,
                    tallies.stream().map(tally -> tally.coverage().table()).collect(Collectors.joining("\n")));
        } catch (IOException e) {
            throw UntornException.machinery("can't write " + file + ": " + e, e);
        }
        return file;
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
        Partition.DIMENSIONS.forEach(dimension -> dimension.cells().stream()
                .filter(hits::containsKey)
                .forEach(cell -> counts.put(name(dimension, cell), hits.get(cell)[0])));
        return new Counts(counts, visits.hashes());
    }

    /** Make these the counts. */
    synchronized void restore(Counts counts) {
        hits.clear();
        Partition.DIMENSIONS.forEach(dimension -> dimension.cells().forEach(cell -> {
            Integer count = counts.hits.get(name(dimension, cell));
            if (count != null) {
                hits.put(cell, new int[] {count});
            }
        }));
        visits.restore(counts.states);
    }

    private static String name(Dimension dimension, Cell cell) {
        return dimension.name() + ": " + cell.name();
    }

    /** Return how many cells the target can reach. */
    public int reachable() {
        return (int) Partition.DIMENSIONS.stream().flatMap(this::reachable).count();
    }

    private Stream<Cell> reachable(Dimension dimension) {
        return dimension.cells().stream().filter(cell -> cell.reachable().on(ground));
    }

    /** Return the cells that the target can reach and no write hit, each with its dimension. */
    public synchronized List<String> empty() {
        return Partition.DIMENSIONS.stream()
                .flatMap(dimension -> reachable(dimension)
                        .filter(cell -> !hits.containsKey(cell))
                        .map(cell -> name(dimension, cell)))
                .toList();
    }

    /** Return a line for each cell with its count; of those that can't be reached, the word. */
    public synchronized String table() {
        StringBuilder text = new StringBuilder();
        for (Dimension dimension : Partition.DIMENSIONS) {
            text.append(String.format(Locale.ROOT, "%s, %s%n", ground.target().name(), dimension.name()));
            for (Cell cell : dimension.cells()) {
                int[] count = hits.get(cell);
                text.append(String.format(
                        Locale.ROOT,
                        "  %9s  %s%n",
                        count != null
                                ? String.format(Locale.ROOT, "%,d", count[0])
                                : cell.reachable().on(ground) ? "never" : "-",
                        cell.name()));
            }
        }
        return text.toString();
    }
}
