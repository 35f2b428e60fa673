package io.untorn.conformance;

import io.untorn.model.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;

/**
 * Operations that shrink by leaving any of them out, wherever they stand: jqwik's own lists give up but their heads and
 * tails. First large runs of them go, then smaller ones, then pairs that need each other; then each is made plainer.
 */
record ShrinkableOperations(List<Shrinkable<Operation>> elements) implements Shrinkable<List<Operation>> {
    /** The most operations whose pairs are tried: 66 of them. */
    private static final int PAIRED = 12;

    @Override
    public List<Operation> value() {
        return elements.stream().map(Shrinkable::value).toList();
    }

    @Override
    public Stream<Shrinkable<List<Operation>>> shrink() {
        return Stream.of(withoutRuns(), withoutPairs(), plainer())
                .flatMap(candidates -> candidates)
                .map(ShrinkableOperations::new);
    }

    private Stream<List<Shrinkable<Operation>>> withoutRuns() {
        int size = elements.size();
        return Stream.iterate(size / 2, length -> length > 0, length -> length / 2)
                .flatMap(length -> IntStream.iterate(size - length, from -> from >= 0, from -> from - length)
                        .mapToObj(from -> without(from, length)))
                .filter(shorter -> !shorter.isEmpty());
    }

    private Stream<List<Shrinkable<Operation>>> withoutPairs() {
        int size = elements.size();
        if (size < 3 || size > PAIRED) {
            return Stream.empty();
        }
        return IntStream.range(0, size).boxed().flatMap(first -> IntStream.range(first + 2, size)
                .mapToObj(second -> new ShrinkableOperations(without(second, 1)).without(first, 1)));
    }

    private List<Shrinkable<Operation>> without(int from, int length) {
        List<Shrinkable<Operation>> others = new ArrayList<>(elements.subList(0, from));
        others.addAll(elements.subList(from + length, elements.size()));
        return others;
    }

    private Stream<List<Shrinkable<Operation>>> plainer() {
        return IntStream.range(0, elements.size())
                .boxed()
                .flatMap(at -> elements.get(at).shrink().map(other -> {
                    List<Shrinkable<Operation>> changed = new ArrayList<>(elements);
                    changed.set(at, other);
                    return changed;
                }));
    }

    @Override
    public ShrinkingDistance distance() {
        return ShrinkingDistance.forCollection(elements);
    }
}
