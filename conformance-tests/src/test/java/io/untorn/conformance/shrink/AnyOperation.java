package io.untorn.conformance.shrink;

import io.untorn.model.operation.Access;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.operation.Split;
import io.untorn.model.operation.Write;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Draws operations of every kind with any values that their records take, the odd ones more often than a generator would. */
final class AnyOperation {
    private static final long[] NUMBERS = {
        -2,
        -1,
        0,
        1,
        7,
        8,
        255,
        256,
        511,
        512,
        513,
        544,
        1024,
        4095,
        4096,
        4097,
        8192,
        12288,
        20759,
        65536,
        65544,
        Operation.MAX_LENGTH - 8,
        Operation.MAX_LENGTH,
        1L << 30,
        Operation.MAX_OFFSET - 8,
        Operation.MAX_OFFSET
    };

    private AnyOperation() {}

    static List<Operation> some(Random random, int atLeast, int atMost) {
        return Stream.generate(() -> next(random))
                .limit(atLeast + random.nextInt(atMost - atLeast + 1))
                .toList();
    }

    static Operation next(Random random) {
        Class<?>[] kinds = Operation.class.getPermittedSubclasses();
        Class<?> kind = kinds[random.nextInt(kinds.length)];
        return Stream.generate(() -> made(kind, random))
                .flatMap(Optional::stream)
                .map(Operation.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Object> made(Class<?> type, Random random) {
        List<Object> values = new ArrayList<>();
        List<Class<?>> types = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Optional<Object> value = value(component.getType(), random);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
            types.add(component.getType());
        }
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types.toArray(Class<?>[]::new));
            return Optional.of(constructor.newInstance(values.toArray()));
        } catch (InvocationTargetException e) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static Optional<Object> value(Class<?> type, Random random) {
        if (type == RwFlags.class) {
            RwFlag[] flags = Arrays.stream(RwFlag.values())
                    .filter(flag -> random.nextInt(4) == 0)
                    .toArray(RwFlag[]::new);
            return Optional.of(RwFlags.of(flags));
        }
        if (type == List.class) {
            return Optional.of(requests(random));
        }
        if (type.isEnum()) {
            return Optional.of(type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)]);
        }
        if (type == boolean.class) {
            return Optional.of(random.nextBoolean());
        }
        long number = NUMBERS[random.nextInt(NUMBERS.length)];
        if (type == long.class) {
            return Optional.of(number);
        }
        if (type == int.class) {
            return number == (int) number ? Optional.of((int) number) : Optional.empty();
        }
        return made(type, random);
    }

    /** Writes by chance are no batch: they are made alike in what they must be alike in. */
    private static List<Write> requests(Random random) {
        Engine engine = random.nextBoolean() ? Engine.LIBAIO : Engine.IO_URING;
        Access access = random.nextBoolean() ? Access.DIRECT : Access.BUFFERED;
        return Stream.generate(() -> made(Write.class, random))
                .flatMap(Optional::stream)
                .map(Write.class::cast)
                .filter(write -> write.offset() >= 0 && write.engine() != Engine.IO_URING_FIXED)
                .map(write -> write.with(write.flags().without(RwFlag.APPEND))
                        .with(Split.ONE)
                        .with(Buffer.PLAIN)
                        .with(access)
                        .through(engine))
                .limit(2 + random.nextInt(Batch.MAX_REQUESTS - 1))
                .toList();
    }
}
