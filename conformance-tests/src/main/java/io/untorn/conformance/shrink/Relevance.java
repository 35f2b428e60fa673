package io.untorn.conformance.shrink;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.history.Trace;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.Footprint;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.Write;
import io.untorn.model.oracle.Verdict.Violation;
import io.untorn.model.rule.Actual;
import io.untorn.model.state.Places;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What of a trace can matter to the violation that it showed, by what the model knows. Nothing after the operation that shows
 * it can; of the rest, first those are taken that the violation names, then those that touch its bytes, then also those that
 * set the size, the open file or the limits. These are guesses: a kernel may need more.
 */
public final class Relevance {
    private final List<Operation> operations;
    private final Violation violation;
    private final TreeSet<Integer> named = new TreeSet<>();
    private final TreeSet<Integer> touching = new TreeSet<>();

    private Relevance(Trace trace, Violation violation) {
        this.violation = violation;
        this.operations = trace.operations().subList(0, end(trace.operations().size(), violation));
        findNamed();
        findTouching(trace.target().allocationUnit());
    }

    /** Return the guesses at what is enough to show a violation, the shortest first; each has an operation at least. */
    public static Stream<List<Operation>> of(Trace trace, Violation violation) {
        Relevance relevance = new Relevance(trace, violation);
        return Stream.of(
                        relevance.those(relevance.named::contains),
                        relevance.those(relevance.touching::contains),
                        relevance.those(at -> relevance.touching.contains(at) || relevance.setsTheScene(at)),
                        relevance.operations)
                .filter(guess -> !guess.isEmpty())
                .distinct();
    }

    /** Return the end of the operations that can matter, counted from 0: after the one that shows it. */
    private static int end(int all, Violation violation) {
        return Math.min(all, showing(violation).map(step -> step + 1).orElse(all));
    }

    /** Return the place of the operation that shows it, from 0: where a kernel stopped without a word, the first not answered. */
    private static Optional<Integer> showing(Violation violation) {
        Optional<Integer> stopped = violation.actual() instanceof Actual.Stopped there && there.after() > 0
                ? Optional.of(there.after())
                : Optional.empty();
        return violation.step().or(() -> stopped);
    }

    private List<Operation> those(IntPredicate which) {
        return IntStream.range(0, operations.size())
                .filter(which)
                .mapToObj(operations::get)
                .toList();
    }

    private void findNamed() {
        showing(violation).ifPresent(this::name);
        if (violation.actual() instanceof Actual.WrongData wrong) {
            for (Contents.Difference difference : wrong.differences()) {
                nameWriter(difference.expected());
                nameWriter(difference.actual());
            }
        } else if (violation.actual() instanceof Actual.HalfLeft half) {
            name(half.operation());
        }
    }

    private void nameWriter(Origin origin) {
        if (origin instanceof Origin.Written written) {
            name(written.operation());
        }
    }

    private void name(int at) {
        if (at < operations.size()) {
            named.add(at);
        }
    }

    /** Go back from the end: what touches the bytes in question is taken, and what it shares or copies them with is as well. */
    private void findTouching(int unit) {
        TreeMap<Long, Long> bytes = new TreeMap<>();
        for (Places.Range range : violation.actual().wrong()) {
            bytes.put(range.offset(), range.offset() + range.length());
        }
        if (bytes.isEmpty()) {
            named.forEach(at -> bytes.putAll(Footprint.of(operations.get(at))));
        }
        for (int at = operations.size() - 1; at >= 0; at--) {
            SortedMap<Long, Long> places = Footprint.of(operations.get(at));
            if (named.contains(at)
                    || places.entrySet().stream()
                            .anyMatch(place -> meets(place.getKey(), place.getValue(), bytes, unit))) {
                touching.add(at);
                if (places.size() > 1) {
                    bytes.putAll(places);
                }
            }
        }
    }

    /** Tell whether a place meets one of some ranges of bytes, or the rest of their blocks. */
    private static boolean meets(long from, long to, SortedMap<Long, Long> bytes, int unit) {
        return bytes.entrySet().stream()
                .anyMatch(range -> from < roundedUp(range.getValue(), unit) && to > range.getKey() / unit * unit);
    }

    private static long roundedUp(long end, int unit) {
        return (end + unit - 1) / unit * unit;
    }

    /** Tell whether an operation acts on more than the bytes that it names, or on others. */
    private boolean setsTheScene(int at) {
        Operation operation = operations.get(at);
        Optional<Write> asked = operation.asWrite();
        boolean elsewhere = asked.isPresent()
                ? asked.get().offset() < 0 || asked.get().flags().has(RwFlag.APPEND)
                : operation instanceof Fallocate fallocate && fallocate.moves();
        return elsewhere
                || Footprint.of(operation).entrySet().stream()
                        .allMatch(place -> place.getKey().equals(place.getValue()));
    }
}
