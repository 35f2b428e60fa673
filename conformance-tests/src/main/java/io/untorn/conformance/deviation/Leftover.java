package io.untorn.conformance.deviation;

import io.untorn.model.contents.Origin;
import java.util.Set;
import java.util.function.Predicate;

/** Whose data may be in bytes that a mechanism leaves. */
final class Leftover {
    private Leftover() {}

    /** Return what a block of the disk may hold when an operation lays it under a file: anything but later data. */
    static Predicate<Origin> ofDisk(int operation) {
        return origin -> !(origin instanceof Origin.Written written) || written.operation() < operation;
    }

    /** Return one of some origins. */
    static Predicate<Origin> oneOf(Set<Origin> origins) {
        return origins::contains;
    }
}
