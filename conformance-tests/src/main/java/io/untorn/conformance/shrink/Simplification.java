package io.untorn.conformance.shrink;

import io.untorn.model.operation.Operation;
import java.util.List;
import java.util.stream.Stream;

/** A way to make operations simpler: fewer, plainer, or with smaller numbers. */
@FunctionalInterface
public interface Simplification {
    /** Return operations that are simpler than some, the most promising first. */
    Stream<List<Operation>> of(List<Operation> operations);
}
