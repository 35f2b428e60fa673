package io.untorn.conformance.generate.partition;

import java.util.Random;
import java.util.function.Predicate;

/**
 * A part of a dimension.
 *
 * @param name what reports call it
 * @param contains whether a write that was done belongs to it, if it belongs to no cell before this one
 * @param maker how to make a write belong to it
 * @param weight how often writes are made to belong to it, in proportion to the other cells of its dimension; 0 or more
 * @param reachable where it can be reached
 * @param legal where a write that belongs to it may succeed
 * @param hidden where no fault can show in it, as a rule always refuses such writes for another reason
 * @param hiddenBy the id of that rule
 */
public record Cell(
        String name,
        Predicate<Attempt> contains,
        Maker maker,
        int weight,
        Predicate<Testbed> reachable,
        Predicate<Testbed> legal,
        Predicate<Testbed> hidden,
        String hiddenBy) {
    /** Makes a write belong to a cell, if it can: it knows neither the blocks there nor how the file is opened. */
    @FunctionalInterface
    public interface Maker {
        /** Change a draft. */
        Draft make(Draft draft, Random random);
    }

    public Cell {
        if (weight < 0) {
            throw new IllegalArgumentException("weight of " + name + " below 0: " + weight);
        }
    }

    /** Declare a cell that can be reached everywhere, of weight 0 until {@link #legal} or {@link #illegal}. */
    static Cell of(String name, Predicate<Attempt> contains, Maker maker) {
        return new Cell(name, contains, maker, 0, testbed -> true, testbed -> true, testbed -> false, "");
    }

    /** Return this cell as one of writes that may succeed, with its weight. */
    Cell legal(int weight) {
        return legalOn(testbed -> true, weight);
    }

    /** Return this cell as one of writes that must fail, with its weight. */
    Cell illegal(int weight) {
        return legalOn(testbed -> false, weight);
    }

    /** Return this cell as one of writes that may succeed only on some testbeds, with its weight. */
    Cell legalOn(Predicate<Testbed> places, int weight) {
        return new Cell(name, contains, maker, weight, reachable, places, hidden, hiddenBy);
    }

    /** Return this cell as one that can be reached only on some testbeds. */
    Cell on(Predicate<Testbed> places) {
        return new Cell(name, contains, maker, weight, places, legal, hidden, hiddenBy);
    }

    /** Return this cell as one in which no fault can show on some testbeds: a rule hides it. */
    Cell hiddenOn(Predicate<Testbed> places, String rule) {
        return new Cell(name, contains, maker, weight, reachable, legal, places, rule);
    }
}
