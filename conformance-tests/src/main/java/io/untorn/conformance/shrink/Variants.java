package io.untorn.conformance.shrink;

import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Layout;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.operation.Write;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Operations that differ from a given one in one respect. They are derived from the components of its record: of an enum
 * the first constant is the plainest, of a boolean false, of flags none. Values that the record refuses are left out.
 */
final class Variants {
    /** The magnitude of a number below 0, which stands for something other than an offset. */
    private static final double SPECIAL = 2.0 * Operation.MAX_OFFSET;

    /** How far from plain many calls are: further than the call of which a layout makes many. */
    private static final long MANY_CALLS = 8;

    private Variants() {}

    /** Return how far from plain an operation is: 0 where every choice in it is the plainest. */
    static long choices(Operation operation) {
        long twin = operation.seenByTwin().isPresent() ? 1 : 0;
        long many = operation instanceof Layout || operation instanceof Batch ? MANY_CALLS : 0;
        return twin + many + leaves(operation).mapToLong(Variants::choice).sum();
    }

    private static long choice(Object leaf) {
        if (leaf instanceof Enum<?> constant) {
            return Arrays.asList(constant.getDeclaringClass().getEnumConstants())
                    .indexOf(constant);
        }
        if (leaf instanceof RwFlags flags) {
            return flags.flags().size();
        }
        return Boolean.TRUE.equals(leaf) ? 1 : 0;
    }

    /** Return the numbers in an operation: offsets, sizes and lengths in bytes. */
    static LongStream numbers(Operation operation) {
        return leaves(operation).filter(Number.class::isInstance).mapToLong(number -> ((Number) number).longValue());
    }

    /** Return the sum of the numbers in an operation. */
    static double magnitude(Operation operation) {
        return numbers(operation)
                .mapToDouble(number -> number < 0 ? SPECIAL - number : number)
                .sum();
    }

    /** Return the operation with one choice made otherwise: a flag, a mode, a descriptor, the file. */
    static Stream<Operation> chosenOtherwise(Operation operation) {
        Stream<Operation> changed = changed(operation, Variants::otherChoices).map(Operation.class::cast);
        return Stream.concat(operation.seenByTwin().stream(), changed);
    }

    private static Stream<?> otherChoices(Object leaf) {
        if (leaf instanceof Enum<?> constant) {
            return Arrays.stream(constant.getDeclaringClass().getEnumConstants())
                    .filter(other -> other != constant);
        }
        if (leaf instanceof RwFlags flags) {
            return Arrays.stream(RwFlag.values()).map(flag -> flags.has(flag) ? flags.without(flag) : flags.with(flag));
        }
        return leaf instanceof Boolean chosen ? Stream.of(!chosen) : Stream.empty();
    }

    /** Return the operation with one number in it replaced by others. */
    static Stream<Operation> numberedOtherwise(Operation operation, LongFunction<LongStream> others) {
        return changed(
                        operation,
                        leaf -> leaf instanceof Number number
                                ? others.apply(number.longValue())
                                        .boxed()
                                        .flatMap(other -> like(number, other).stream())
                                : Stream.empty())
                .map(Operation.class::cast);
    }

    /** Return the operation with all its numbers replaced, if it can be. */
    static Optional<Operation> renumbered(Operation operation, LongUnaryOperator change) {
        return rebuilt(
                        operation,
                        leaf -> leaf instanceof Number number
                                ? like(number, change.applyAsLong(number.longValue()))
                                : Optional.of(leaf))
                .map(Operation.class::cast);
    }

    /** Return the operation with the places it names, not their lengths, replaced, if it can be. */
    static Optional<Operation> moved(Operation operation, LongUnaryOperator change) {
        return rebuilt(
                        operation,
                        leaf -> Optional.of(leaf instanceof Long place ? (Object) change.applyAsLong(place) : leaf))
                .map(Operation.class::cast);
    }

    /** Return a write that names its place instead of appending, if it may have that place. */
    static Optional<Write> placed(Write write, long place) {
        try {
            return Optional.of(write.at(place).with(write.flags().without(RwFlag.APPEND)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<?> like(Number number, long value) {
        if (number instanceof Long) {
            return Optional.of(value);
        }
        return value == (int) value ? Optional.of((int) value) : Optional.empty();
    }

    private static boolean isLeaf(Object value) {
        return value instanceof RwFlags || !(value instanceof Record || value instanceof List<?>);
    }

    private static Stream<?> leaves(Object value) {
        return isLeaf(value) ? Stream.of(value) : Arrays.stream(values(value)).flatMap(Variants::leaves);
    }

    private static Stream<?> changed(Object value, Function<Object, Stream<?>> others) {
        if (isLeaf(value)) {
            return others.apply(value);
        }
        Object[] values = values(value);
        return IntStream.range(0, values.length).boxed().flatMap(at -> changed(values[at], others)
                .flatMap(other -> {
                    Object[] replaced = values.clone();
                    replaced[at] = other;
                    return made(value.getClass(), replaced).stream();
                }));
    }

    private static Optional<?> rebuilt(Object value, Function<Object, Optional<?>> change) {
        if (isLeaf(value)) {
            return change.apply(value);
        }
        Object[] values = values(value);
        for (int i = 0; i < values.length; i++) {
            Optional<?> other = rebuilt(values[i], change);
            if (other.isEmpty()) {
                return Optional.empty();
            }
            values[i] = other.get();
        }
        return made(value.getClass(), values);
    }

    private static Object[] values(Object value) {
        if (value instanceof List<?> list) {
            return list.toArray();
        }
        RecordComponent[] components = value.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = components[i].getAccessor().invoke(value);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a component that can't be read, of " + value, e);
        }
        return values;
    }

    private static Optional<Object> made(Class<?> type, Object[] values) {
        if (List.class.isAssignableFrom(type)) {
            return Optional.of(List.of(values));
        }
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return Optional.of(constructor.newInstance(values));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException) {
                return Optional.empty();
            }
            throw new IllegalStateException("can't make a " + type, e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("can't make a " + type, e);
        }
    }
}
