package io.untorn.conformance.generate.partition;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** One respect in which atomic writes, or what they meet, differ. */
public final class Dimension {
    private final String name;
    private final int untouched;
    private final List<Cell> cells;
    private final UnaryOperator<Attempt> ordinary;

    /**
     * Declare a dimension.
     *
     * @param name what reports call it
     * @param untouched how often a write is left as it is in this respect, in proportion to the weights of the cells
     * @param cells in the order in which a write is checked against them
     */
    Dimension(String name, int untouched, List<Cell> cells) {
        this(name, untouched, cells, attempt -> attempt);
    }

    private Dimension(String name, int untouched, List<Cell> cells, UnaryOperator<Attempt> ordinary) {
        this.name = name;
        this.untouched = untouched;
        this.cells = List.copyOf(cells);
        this.ordinary = ordinary;
    }

    /** Declare a dimension in which every write is made to belong to some cell. */
    Dimension(String name, Cell... cells) {
        this(name, 0, List.of(cells));
    }

    /**
     * Return this dimension with what makes a write ordinary in this respect: one that was refused counts for its cell only if
     * it would then have been answered otherwise. Without it, writes that are refused count for no cell.
     */
    Dimension ordinarily(UnaryOperator<Attempt> change) {
        return new Dimension(name, untouched, cells, change);
    }

    /** Return this dimension with other cells. */
    Dimension with(List<Cell> others) {
        return new Dimension(name, untouched, others, ordinary);
    }

    /** Return a write as it would be if it were ordinary in this respect. */
    public Attempt ordinary(Attempt attempt) {
        return ordinary.apply(attempt);
    }

    /** Return what reports call it. */
    public String name() {
        return name;
    }

    int untouched() {
        return untouched;
    }

    /** Return its cells. */
    public List<Cell> cells() {
        return cells;
    }

    /** Return the number of the cell that a write belongs to, from 0; none if it belongs to none. */
    public OptionalInt indexOf(Attempt attempt) {
        return IntStream.range(0, cells.size())
                .filter(index -> cells.get(index).contains().test(attempt))
                .findFirst();
    }
}
