package io.untorn.conformance.generate;

import io.untorn.model.history.Trace;
import io.untorn.model.operation.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Puts traces of a corpus, or what differs from them in one place, among drawn operations.
 *
 * @param seeds the traces, of which those of more than {@value #LONGEST} operations are left out
 */
record Growth(List<Trace> seeds) {
    /** A longer one would leave no room for what is drawn. */
    private static final int LONGEST = 12;

    /** How many drawn operations come between those of a seed, at most. */
    private static final int MOST_BETWEEN = 3;

    /** What becomes of a seed. */
    private enum Way {
        /** Nothing: other surroundings are enough. */
        KEPT,
        /** One operation is replaced by a drawn one. */
        CHANGED,
        /** A few drawn operations come between two of its own. */
        INTERRUPTED,
        /** Another seed follows its beginning. */
        JOINED
    }

    Growth {
        seeds = seeds.stream()
                .filter(seed -> seed.operations().size() <= LONGEST)
                .toList();
    }

    /** Tell whether there is anything to grow from. */
    boolean isPossible() {
        return !seeds.isEmpty();
    }

    /**
     * Return drawn operations, with what grew from a seed somewhere among them.
     *
     * @param drawn at least one
     */
    List<Operation> among(List<Operation> drawn, Random random) {
        return inserted(drawn, random.nextInt(drawn.size() + 1), grown(drawn, random));
    }

    private List<Operation> grown(List<Operation> drawn, Random random) {
        List<Operation> seed = seed(random);
        int place = random.nextInt(seed.size());
        return switch (Way.values()[random.nextInt(Way.values().length)]) {
            case KEPT -> seed;
            case CHANGED -> {
                List<Operation> changed = new ArrayList<>(seed);
                changed.set(place, drawn.get(random.nextInt(drawn.size())));
                yield changed;
            }
            case INTERRUPTED -> inserted(seed, place, some(drawn, random));
            case JOINED -> inserted(seed.subList(0, place), place, seed(random));
        };
    }

    private List<Operation> seed(Random random) {
        return seeds.get(random.nextInt(seeds.size())).operations();
    }

    private static List<Operation> some(List<Operation> drawn, Random random) {
        int from = random.nextInt(drawn.size());
        return drawn.subList(from, Math.min(drawn.size(), from + 1 + random.nextInt(MOST_BETWEEN)));
    }

    private static List<Operation> inserted(List<Operation> operations, int place, List<Operation> others) {
        List<Operation> all = new ArrayList<>(operations);
        all.addAll(place, others);
        return all;
    }
}
