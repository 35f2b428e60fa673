package io.untorn.conformance.generate.partition;

import io.untorn.model.operation.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/**
 * Draws atomic writes from a partition, with the operations that prepare for them and undo that. The result depends on
 * the random numbers and on how often it drew before.
 */
public final class AtomicWriteGenerator {
    private static final int SIZE_HINT = 1000;

    private final Partition partition;
    private final Testbed testbed;
    private final RandomGenerator<Strategy> strategies = weighted(Stream.of(Strategy.values())
            .map(strategy -> Tuple.of(strategy.weight(), strategy))
            .toList());
    private final List<RandomGenerator<Choice>> legal;
    private final List<RandomGenerator<Choice>> any;
    private final RandomGenerator<Choice> illegal;
    private final List<List<Choice>> aims;
    private final Deque<List<Choice>> turns = new ArrayDeque<>();

    public AtomicWriteGenerator(Partition partition, Testbed testbed) {
        this.partition = partition;
        this.testbed = testbed;
        Predicate<Cell> isLegal = cell -> cell.legal().test(testbed);
        legal = partition.dimensions().stream()
                .map(dimension -> weighted(choices(dimension, isLegal, dimension.untouched())))
                .toList();
        any = partition.dimensions().stream()
                .map(dimension -> weighted(choices(dimension, cell -> true, dimension.untouched())))
                .toList();
        illegal = weighted(partition.dimensions().stream()
                .flatMap(dimension -> choices(dimension, isLegal.negate(), 0).stream())
                .toList());
        aims = Stream.concat(
                        partition.dimensions().stream().flatMap(this::aims),
                        partition.crossings().stream().flatMap(this::aims))
                .toList();
    }

    /** A cell that a draft is made to belong to, in a dimension. */
    private record Choice(Dimension dimension, Cell.Maker maker) {}

    private static <T> RandomGenerator<T> weighted(List<Tuple2<Integer, T>> choices) {
        return Arbitraries.frequency(choices).generator(SIZE_HINT);
    }

    private List<Tuple2<Integer, Choice>> choices(Dimension dimension, Predicate<Cell> which, int untouched) {
        List<Tuple2<Integer, Choice>> choices = new ArrayList<>();
        choices.add(Tuple.of(untouched, new Choice(dimension, (draft, random) -> draft)));
        dimension.cells().stream()
                .filter(cell -> cell.reachable().test(testbed) && which.test(cell))
                .forEach(cell -> choices.add(Tuple.of(cell.weight(), new Choice(dimension, cell.maker()))));
        return choices;
    }

    private Stream<List<Choice>> aims(Dimension dimension) {
        return drawn(dimension).map(cell -> List.of(new Choice(dimension, cell.maker())));
    }

    private Stream<List<Choice>> aims(Crossing crossing) {
        return drawn(crossing.first()).flatMap(first -> drawn(crossing.second())
                .filter(second -> crossing.together().test(first, second))
                .map(second -> List.of(
                        new Choice(crossing.first(), first.maker()), new Choice(crossing.second(), second.maker()))));
    }

    private Stream<Cell> drawn(Dimension dimension) {
        return dimension.cells().stream()
                .filter(cell -> cell.weight() > 0 && cell.reachable().test(testbed));
    }

    /** Draw the next write, and return it with the operations around it. */
    public List<Operation> next(Random random) {
        Map<Dimension, Choice> chosen = new HashMap<>();
        switch (strategies.next(random).value()) {
            case LEGAL -> choose(legal, chosen, random);
            case ILLEGAL_FOR_ONE_REASON -> {
                choose(legal, chosen, random);
                choose(List.of(illegal), chosen, random);
            }
            case ILLEGAL_FOR_TWO_REASONS -> {
                choose(legal, chosen, random);
                choose(List.of(illegal, illegal), chosen, random);
            }
            case INDEPENDENT -> choose(any, chosen, random);
            case AIMED -> {
                choose(legal, chosen, random);
                turn(random).forEach(choice -> chosen.put(choice.dimension(), choice));
            }
        }
        Draft draft = Draft.on(testbed);
        for (Dimension dimension : partition.dimensions()) {
            draft = chosen.get(dimension).maker().make(draft, random);
        }
        return draft.operations();
    }

    private static void choose(List<RandomGenerator<Choice>> from, Map<Dimension, Choice> chosen, Random random) {
        for (RandomGenerator<Choice> choices : from) {
            Choice choice = choices.next(random).value();
            chosen.put(choice.dimension(), choice);
        }
    }

    private List<Choice> turn(Random random) {
        if (turns.isEmpty()) {
            List<List<Choice>> shuffled = new ArrayList<>(aims);
            Collections.shuffle(shuffled, random);
            turns.addAll(shuffled);
        }
        return turns.remove();
    }
}
