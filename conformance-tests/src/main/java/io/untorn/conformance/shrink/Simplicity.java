package io.untorn.conformance.shrink;

import io.untorn.model.operation.Operation;
import java.util.Comparator;
import java.util.List;

/**
 * How simple operations are, the simplest first: fewer operations count most, then plainer ones, then smaller numbers.
 *
 * @param operations how many there are
 * @param choices how far from plain they are, in sum
 * @param magnitude the sum of their numbers
 */
record Simplicity(int operations, long choices, double magnitude) implements Comparable<Simplicity> {
    private static final Comparator<Simplicity> ORDER = Comparator.comparingInt(Simplicity::operations)
            .thenComparingLong(Simplicity::choices)
            .thenComparingDouble(Simplicity::magnitude);

    static Simplicity of(List<Operation> operations) {
        return new Simplicity(
                operations.size(),
                operations.stream().mapToLong(Variants::choices).sum(),
                operations.stream().mapToDouble(Variants::magnitude).sum());
    }

    @Override
    public int compareTo(Simplicity other) {
        return ORDER.compare(this, other);
    }
}
