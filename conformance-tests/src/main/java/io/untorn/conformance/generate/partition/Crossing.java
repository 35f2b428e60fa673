package io.untorn.conformance.generate.partition;

import java.util.function.BiPredicate;

/**
 * Two dimensions, each cell of the one with each of the other.
 *
 * @param together whether a write can belong to a cell of the first and to one of the second
 */
public record Crossing(Dimension first, Dimension second, BiPredicate<Cell, Cell> together) {
    /** Cross dimensions that are independent of each other. */
    Crossing(Dimension first, Dimension second) {
        this(first, second, (one, other) -> true);
    }

    /** Return what reports call it. */
    public String name() {
        return first.name() + " × " + second.name();
    }
}
