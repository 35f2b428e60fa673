package io.untorn.conformance.shrink;

import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Layout;
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

/**
 * The ways to make operations simpler that look at the operations alone.
 *
 * <p>First to fewer: long runs are left out, then shorter ones, then pairs that need each other. Then layouts become one call of theirs; appending writes get
 * an offset instead. Then to plainer flags, segments, buffers and modes; then to smaller and rounder numbers, one at a
 * time, or all equal ones, or all offsets together. A short sequence may also become simpler by a detour: one operation is
 * left out, and another is changed to do without it. For example, an atomic write after an open with O_APPEND becomes one
 * with RWF_APPEND.
 */
public final class Simplifications {
    /** The longest runs that are left out; longer sequences are made shorter by many of them. */
    private static final int LONGEST_RUN = 64;

    /** The most operations whose pairs are tried: 66 of them. */
    private static final int PAIRED = 12;

    /** The most operations that detours are tried of: some hundreds of them. */
    private static final int DETOURED = 4;

    private static final int SECTOR = 512;

    private final Target target;

    private Simplifications(Target target) {
        this.target = target;
    }

    /** Return the ways for operations that run on a target, in the order in which they are best tried. */
    public static List<Simplification> on(Target target) {
        Simplifications those = new Simplifications(target);
        List<Simplification> ways = new ArrayList<>();
        for (int length = LONGEST_RUN; length > 0; length /= 2) {
            int run = length;
            ways.add(operations -> withoutRun(operations, run));
        }
        ways.addAll(List.of(
                Simplifications::withoutPair,
                Simplifications::single,
                those::placed,
                Simplifications::plainer,
                those::rounderTogether,
                those::nearer,
                those::rounder,
                those::detours));
        return ways;
    }

    private static Stream<List<Operation>> withoutRun(List<Operation> operations, int length) {
        int size = operations.size();
        return IntStream.iterate(size - length, from -> from >= 0, from -> from - length)
                .mapToObj(from -> without(operations, from, length))
                .filter(fewer -> !fewer.isEmpty());
    }

    private static Stream<List<Operation>> withoutPair(List<Operation> operations) {
        int size = operations.size();
        if (size < 3 || size > PAIRED) {
            return Stream.empty();
        }
        return IntStream.range(0, size).boxed().flatMap(first -> IntStream.range(first + 2, size)
                .mapToObj(second -> without(without(operations, second, 1), first, 1)));
    }

    private static List<Operation> without(List<Operation> operations, int from, int length) {
        List<Operation> others = new ArrayList<>(operations.subList(0, from));
        others.addAll(operations.subList(from + length, operations.size()));
        return others;
    }

    /** Let one call of a layout do: the first, the last or the one in the middle; or one request of a batch, or all but one. */
    private static Stream<List<Operation>> single(List<Operation> operations) {
        return oneChanged(operations, operation -> {
            if (operation instanceof Batch batch) {
                return Stream.concat(batch.requests().stream(), withoutOne(batch));
            }
            if (!(operation instanceof Layout layout)) {
                return Stream.empty();
            }
            List<Operation> calls = layout.calls();
            return IntStream.of(0, calls.size() - 1, calls.size() / 2)
                    .distinct()
                    .mapToObj(calls::get);
        });
    }

    private static Stream<Operation> withoutOne(Batch batch) {
        int count = batch.requests().size();
        return count == 2
                ? Stream.empty()
                : IntStream.range(0, count).mapToObj(left -> {
                    List<Write> others = new ArrayList<>(batch.requests());
                    others.remove(left);
                    return new Batch(others);
                });
    }

    private static Stream<List<Operation>> plainer(List<Operation> operations) {
        return oneChanged(operations, operation -> Variants.chosenOtherwise(operation)
                .filter(other -> Variants.choices(other) < Variants.choices(operation)));
    }

    /**
     * Let writes that go to the end of the file name the place: what made them go there is then not needed. There is no such
     * way where the end is no place that the write may have.
     */
    private Stream<List<Operation>> placed(List<Operation> operations) {
        List<Operation> placed = new ArrayList<>();
        boolean appending = false;
        long end = 0;
        for (Operation operation : operations) {
            Operation other = operation;
            if (operation instanceof Reopen reopen) {
                OpenMode mode = reopen.mode();
                appending = mode.append();
                other = new Reopen(new OpenMode(mode.readOnly(), false, mode.sync()));
            } else if (operation instanceof Truncate truncate) {
                end = truncate.size();
            } else if (operation instanceof Write write) {
                boolean atEnd = appending || write.flags().has(RwFlag.APPEND);
                Optional<Write> there = atEnd ? Variants.placed(write, end) : Optional.of(write);
                if (there.isEmpty()) {
                    return Stream.empty();
                }
                if (mayBeDone(there.get())) {
                    end = Math.max(end, there.get().offset() + there.get().length());
                }
                other = there.get();
            }
            placed.add(other);
        }
        return placed.equals(operations) ? Stream.empty() : Stream.of(placed);
    }

    private boolean mayBeDone(Write write) {
        return !write.atomic() || (write.length() >= target.blockSize() && Integer.bitCount(write.length()) == 1);
    }

    private Stream<List<Operation>> rounder(List<Operation> operations) {
        return oneChanged(operations, operation -> Variants.numberedOtherwise(operation, this::rounder));
    }

    /** Make rounder all numbers that are the same: places that must stay the same, lengths that must fit. */
    private Stream<List<Operation>> rounderTogether(List<Operation> operations) {
        return operations.stream()
                .flatMapToLong(Variants::numbers)
                .distinct()
                .boxed()
                .flatMap(number -> rounder(number)
                        .boxed()
                        .flatMap(other -> allChanged(
                                operations,
                                operation -> Variants.renumbered(operation, each -> each == number ? other : each))));
    }

    /** Move everything towards the start, as far as the foremost place allows, or half of it. */
    private Stream<List<Operation>> nearer(List<Operation> operations) {
        long foremost = operations.stream()
                .flatMapToLong(Variants::numbers)
                .filter(number -> number >= target.blockSize())
                .min()
                .orElse(0);
        return LongStream.of(foremost, foremost / 2 / target.blockSize() * target.blockSize())
                .filter(by -> by > 0)
                .boxed()
                .flatMap(by -> allChanged(
                        operations, operation -> Variants.moved(operation, place -> place >= by ? place - by : place)));
    }

    private Stream<List<Operation>> detours(List<Operation> operations) {
        int size = operations.size();
        if (size < 2 || size > DETOURED) {
            return Stream.empty();
        }
        long[] numbers = LongStream.concat(
                        LongStream.of(0, target.blockSize()),
                        operations.stream().flatMapToLong(Variants::numbers))
                .distinct()
                .toArray();
        LongFunction<LongStream> others = number -> LongStream.of(numbers).filter(other -> other != number);
        return IntStream.range(0, size)
                .mapToObj(at -> without(operations, at, 1))
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

    private static Stream<List<Operation>> allChanged(
            List<Operation> operations, Function<Operation, Optional<Operation>> change) {
        List<Operation> changed = new ArrayList<>();
        for (Operation operation : operations) {
            Optional<Operation> other = change.apply(operation);
            if (other.isEmpty()) {
                return Stream.empty();
            }
            changed.add(other.get());
        }
        return changed.equals(operations) ? Stream.empty() : Stream.of(changed);
    }
}
