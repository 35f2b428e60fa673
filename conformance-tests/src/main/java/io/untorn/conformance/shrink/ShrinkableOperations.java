package io.untorn.conformance.shrink;

import io.untorn.model.history.Trace;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Reopen;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.model.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;

/**
 * Operations that shrink, whether they were generated or saved.
 *
 * <p>First to fewer: long runs are left out, then shorter ones, then pairs that need each other. Then appending writes get
 * an offset instead. Then to plainer flags, segments, buffers and modes; then to smaller and rounder numbers, one at a
 * time, or all equal ones, or all offsets together. A short sequence may also shrink by a detour: one operation is left
 * out, and another is changed to do without it. For example, an atomic write after an open with O_APPEND becomes one with
 * RWF_APPEND.
 *
 * @param target where they run
 */
public record ShrinkableOperations(Target target, List<Operation> value) implements Shrinkable<List<Operation>> {
    /** The most operations whose pairs are tried: 66 of them. */
    private static final int PAIRED = 12;

    /** The most operations that detours are tried of: some hundreds of them. */
    private static final int DETOURED = 4;

    private static final int SECTOR = 512;

    public ShrinkableOperations {
        value = List.copyOf(value);
    }

    /** Return the trace of these operations, which shrinks as they do. */
    public static Shrinkable<Trace> of(Trace trace) {
        return new ShrinkableOperations(trace.target(), trace.operations())
                .map(operations -> new Trace(trace.target(), operations));
    }

    @Override
    public Stream<Shrinkable<List<Operation>>> shrink() {
        Stream<Stream<List<Operation>>> ways = Stream.of(
                withoutRuns(), withoutPairs(), placed(), plainer(), rounderTogether(), nearer(), rounder(), detours());
        return ways.flatMap(way -> way)
                .filter(this::isTrace)
                .map(operations -> new ShrinkableOperations(target, operations));
    }

    /** Tell whether the target takes these operations: a device has no twin. */
    private boolean isTrace(List<Operation> operations) {
        try {
            return new Trace(target, operations).operations().size() == operations.size();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Stream<List<Operation>> withoutRuns() {
        int size = value.size();
        return Stream.iterate(size / 2, length -> length > 0, length -> length / 2)
                .flatMap(length -> IntStream.iterate(size - length, from -> from >= 0, from -> from - length)
                        .mapToObj(from -> without(value, from, length)))
                .filter(shorter -> !shorter.isEmpty());
    }

    private Stream<List<Operation>> withoutPairs() {
        int size = value.size();
        if (size < 3 || size > PAIRED) {
            return Stream.empty();
        }
        return IntStream.range(0, size).boxed().flatMap(first -> IntStream.range(first + 2, size)
                .mapToObj(second -> without(without(value, second, 1), first, 1)));
    }

    private static List<Operation> without(List<Operation> operations, int from, int length) {
        List<Operation> others = new ArrayList<>(operations.subList(0, from));
        others.addAll(operations.subList(from + length, operations.size()));
        return others;
    }

    private Stream<List<Operation>> plainer() {
        return oneChanged(value, operation -> Variants.chosenOtherwise(operation)
                .filter(other -> Variants.choices(other) < Variants.choices(operation)));
    }

    /** Let writes that go to the end of the file name the place: what made them go there is then not needed. */
    private Stream<List<Operation>> placed() {
        List<Operation> placed = new ArrayList<>();
        boolean appending = false;
        long end = 0;
        for (Operation operation : value) {
            Operation other = operation;
            if (operation instanceof Reopen reopen) {
                OpenMode mode = reopen.mode();
                appending = mode.append();
                other = new Reopen(new OpenMode(mode.readOnly(), false, mode.sync()));
            } else if (operation instanceof Truncate truncate) {
                end = truncate.size();
            } else if (operation instanceof Write write) {
                boolean atEnd = appending || write.flags().has(RwFlag.APPEND);
                Write there = atEnd ? write.at(end).with(write.flags().without(RwFlag.APPEND)) : write;
                if (mayBeDone(there)) {
                    end = Math.max(end, there.offset() + there.length());
                }
                other = there;
            }
            placed.add(other);
        }
        return placed.equals(value) ? Stream.empty() : Stream.of(placed);
    }

    private boolean mayBeDone(Write write) {
        return !write.atomic() || (write.length() >= target.blockSize() && Integer.bitCount(write.length()) == 1);
    }

    private Stream<List<Operation>> rounder() {
        return oneChanged(value, operation -> Variants.numberedOtherwise(operation, this::rounder));
    }

    /** Make rounder all numbers that are the same: places that must stay the same, lengths that must fit. */
    private Stream<List<Operation>> rounderTogether() {
        return value.stream()
                .flatMapToLong(Variants::numbers)
                .distinct()
                .boxed()
                .flatMap(number -> rounder(number)
                        .boxed()
                        .flatMap(other -> allChanged(
                                operation -> Variants.renumbered(operation, each -> each == number ? other : each))));
    }

    /** Move everything towards the start, as far as the foremost place allows, or half of it. */
    private Stream<List<Operation>> nearer() {
        long foremost = value.stream()
                .flatMapToLong(Variants::numbers)
                .filter(number -> number >= target.blockSize())
                .min()
                .orElse(0);
        return LongStream.of(foremost, foremost / 2 / target.blockSize() * target.blockSize())
                .filter(by -> by > 0)
                .boxed()
                .flatMap(by ->
                        allChanged(operation -> Variants.moved(operation, place -> place >= by ? place - by : place)));
    }

    private Stream<List<Operation>> detours() {
        int size = value.size();
        if (size < 2 || size > DETOURED) {
            return Stream.empty();
        }
        long[] numbers = LongStream.concat(
                        LongStream.of(0, target.blockSize()), value.stream().flatMapToLong(Variants::numbers))
                .distinct()
                .toArray();
        LongFunction<LongStream> others = number -> LongStream.of(numbers).filter(other -> other != number);
        return IntStream.range(0, size)
                .mapToObj(at -> without(value, at, 1))
                .flatMap(shorter -> oneChanged(
                        shorter,
                        operation -> Stream.concat(
                                Variants.chosenOtherwise(operation), Variants.numberedOtherwise(operation, others))));
    }

    /**
     * Return smaller numbers, the plainest first: none, a block, powers of two, halves, multiples of block and sector. A
     * multiple of a block stays one.
     */
    private LongStream rounder(long number) {
        if (number < 0) {
            return LongStream.of(0);
        }
        long block = target.blockSize();
        long half = number / 2;
        return LongStream.of(
                        0,
                        block,
                        half / block * block,
                        Long.highestOneBit(number),
                        Long.highestOneBit(half),
                        number / block * block,
                        half,
                        number / SECTOR * SECTOR)
                .filter(other -> other < number && (number % block != 0 || other % block == 0))
                .distinct();
    }

    private static Stream<List<Operation>> oneChanged(
            List<Operation> operations, Function<Operation, Stream<Operation>> others) {
        return IntStream.range(0, operations.size()).boxed().flatMap(at -> others.apply(operations.get(at))
                .map(other -> {
                    List<Operation> changed = new ArrayList<>(operations);
                    changed.set(at, other);
                    return changed;
                }));
    }

    private Stream<List<Operation>> allChanged(Function<Operation, Optional<Operation>> change) {
        List<Operation> changed = new ArrayList<>();
        for (Operation operation : value) {
            Optional<Operation> other = change.apply(operation);
            if (other.isEmpty()) {
                return Stream.empty();
            }
            changed.add(other.get());
        }
        return changed.equals(value) ? Stream.empty() : Stream.of(changed);
    }

    /** Fewer operations count most, then plainer ones, then smaller numbers. */
    @Override
    public ShrinkingDistance distance() {
        return ShrinkingDistance.of(
                value.size(),
                value.stream().mapToLong(Variants::choices).sum(),
                value.stream().mapToLong(Variants::magnitude).sum());
    }
}
