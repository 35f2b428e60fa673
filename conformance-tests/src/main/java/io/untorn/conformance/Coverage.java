package io.untorn.conformance;

import io.untorn.conformance.Partition.Attempt;
import io.untorn.conformance.Partition.Cell;
import io.untorn.conformance.Partition.Dimension;
import io.untorn.conformance.Partition.Ground;
import io.untorn.model.FileState;
import io.untorn.model.Operation;
import io.untorn.model.Situation;
import io.untorn.model.Witness;
import io.untorn.model.Write;
import io.untorn.vm.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How often a run hit each cell of the {@link Partition}, and how many distinct states its operations met. Two states are one
 * here if the same kinds of blocks lie in the same places, under the same size, opened in the same way.
 */
public final class Coverage implements Witness {
    private final Ground ground;
    private final IdentityHashMap<Cell, int[]> hits = new IdentityHashMap<>();
    private final Set<Integer> states = new HashSet<>();

    Coverage(Ground ground) {
        this.ground = ground;
    }

    @Override
    public synchronized void met(Operation operation, Situation on) {
        FileState state = on.state();
        states.add(
                Objects.hash(state.blocks(), state.size(), state.open().mode(), state.sizeLimit(), state.conditions()));
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
        return states.size();
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
                        .map(cell -> dimension.name() + ": " + cell.name()))
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
