package io.untorn.conformance.generate.partition;

import java.util.List;

/** The partition of atomic writes, but for a cell that nothing is made to belong to. */
public final class NeverHit {
    private NeverHit() {}

    /** Return the partition with the weight of a cell set to 0; it stands in no crossing. */
    public static Partition without(String dimension, String cell) {
        return new Partition(
                Partition.OF_ATOMIC_WRITES.dimensions().stream()
                        .map(one -> one.name().equals(dimension) ? weightless(one, cell) : one)
                        .toList(),
                List.of());
    }

    private static Dimension weightless(Dimension dimension, String cell) {
        return dimension.with(dimension.cells().stream()
                .map(one -> one.name().equals(cell) ? one.legalOn(one.legal(), 0) : one)
                .toList());
    }
}
