package io.untorn.agent;

import io.untorn.model.Contents;
import io.untorn.model.Origin;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Makes the codec of a type from the type itself, once: records by their components, sealed interfaces by the place of
 * a value's type among the permitted ones, enums by their order.
 */
final class Codecs {
    private final Map<Type, Codec<?>> known = new HashMap<>();

    Codecs() {
        add(boolean.class, (out, value) -> out.put((byte) (value ? 1 : 0)), in -> in.get() != 0);
        add(byte.class, ByteBuffer::put, ByteBuffer::get);
        add(short.class, ByteBuffer::putShort, ByteBuffer::getShort);
        add(int.class, ByteBuffer::putInt, ByteBuffer::getInt);
        add(long.class, ByteBuffer::putLong, ByteBuffer::getLong);
        add(Program.class, (out, program) -> writeBytes(out, program.bytes()), in -> new Program(readBytes(in)));
        add(String.class, Codecs::writeString, Codecs::readString);
        known.put(Contents.class, contents());
    }

    /**
     * Return the codec of a type.
     *
     * @throws IllegalArgumentException if the type, or one that it is made of, has none
     */
    @SuppressWarnings("unchecked")
    <T> Codec<T> of(Class<T> type) {
        return (Codec<T>) forType(type);
    }

    @SuppressWarnings("unchecked")
    private Codec<Object> forType(Type type) {
        Codec<?> codec = known.get(type);
        if (codec == null) {
            codec = make(type);
            known.put(type, codec);
        }
        return (Codec<Object>) codec;
    }

    private Codec<?> make(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return list(forType(generic.getActualTypeArguments()[0]));
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
            return optional(forType(generic.getActualTypeArguments()[0]));
        }
        if (type instanceof Class<?> plain) {
            if (plain.isEnum()) {
                return enumeration(plain);
            }
            if (plain.isRecord()) {
                return record(plain);
            }
            if (plain.isSealed()) {
                return sealed(plain);
            }
        }
        throw new IllegalArgumentException("no codec for " + type);
    }

    private Codec<Object> record(Class<?> type) {
        List<Codec<Object>> components = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getGenericType)
                .map(this::forType)
                .toList();
        try {
            return new RecordCodec(type, components);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("no codec for " + type, e);
        }
    }

    @SuppressWarnings("EnumOrdinal") // host and guest are the same build
    private static Codec<Object> enumeration(Class<?> type) {
        Object[] constants = type.getEnumConstants();
        return codec(
                (out, value) -> out.put((byte) ((Enum<?>) value).ordinal()),
                in -> constants[readIndex(in, constants, type)]);
    }

    private Codec<Object> sealed(Class<?> type) {
        Class<?>[] types = permitted(type).toArray(Class<?>[]::new);
        Map<Class<?>, Integer> places = new HashMap<>();
        List<Codec<Object>> codecs = new ArrayList<>();
        Codec<Object> sealed = codec(
                (out, value) -> {
                    int place = places.get(value.getClass());
                    out.put((byte) place);
                    codecs.get(place).write(out, value);
                },
                in -> codecs.get(readIndex(in, types, type)).read(in));
        known.put(type, sealed); // a permitted type may hold values of this one
        for (Class<?> permitted : types) {
            places.put(permitted, places.size());
            codecs.add(forType(permitted));
        }
        return sealed;
    }

    private static Stream<Class<?>> permitted(Class<?> type) {
        return type.isInterface() && type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(Codecs::permitted)
                : Stream.of(type);
    }

    private static int readIndex(ByteBuffer in, Object[] all, Class<?> type) {
        int index = Byte.toUnsignedInt(in.get());
        if (index >= all.length) {
            throw new IllegalArgumentException("unknown " + type.getSimpleName() + ": " + index);
        }
        return index;
    }

    private static Codec<List<Object>> list(Codec<Object> element) {
        return codec(
                (out, list) -> {
                    out.putInt(list.size());
                    for (Object value : list) {
                        element.write(out, value);
                    }
                },
                in -> {
                    List<Object> list = new ArrayList<>();
                    for (int left = readCount(in); left > 0; left--) {
                        list.add(element.read(in));
                    }
                    return list;
                });
    }

    private static Codec<Optional<Object>> optional(Codec<Object> content) {
        return codec(
                (out, value) -> {
                    out.put((byte) (value.isPresent() ? 1 : 0));
                    if (value.isPresent()) {
                        content.write(out, value.get());
                    }
                },
                in -> in.get() != 0 ? Optional.of(content.read(in)) : Optional.empty());
    }

    private Codec<Contents> contents() {
        Codec<Origin> origins = of(Origin.class);
        return codec(
                (out, contents) -> {
                    out.putLong(contents.from());
                    List<Contents.Run> runs = contents.runs();
                    out.putInt(runs.size());
                    for (Contents.Run run : runs) {
                        out.putLong(run.length());
                        origins.write(out, run.origin());
                    }
                },
                in -> {
                    Contents.Builder contents = new Contents.Builder(in.getLong());
                    for (int left = readCount(in); left > 0; left--) {
                        contents.append(in.getLong(), origins.read(in));
                    }
                    return contents.build();
                });
    }

    private static void writeBytes(ByteBuffer out, byte[] bytes) {
        out.putInt(bytes.length);
        out.put(bytes);
    }

    private static byte[] readBytes(ByteBuffer in) {
        byte[] bytes = new byte[readCount(in)];
        in.get(bytes);
        return bytes;
    }

    private static void writeString(ByteBuffer out, String text) {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String readString(ByteBuffer in) {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    /** Read a number of things to come, of at least one byte each. */
    private static int readCount(ByteBuffer in) {
        int count = in.getInt();
        if (count < 0 || count > in.remaining()) {
            throw new IllegalArgumentException(count + " things announced, " + in.remaining() + " bytes there");
        }
        return count;
    }

    private <T> void add(Class<T> type, BiConsumer<ByteBuffer, T> writer, Function<ByteBuffer, T> reader) {
        Codec<T> codec = codec(writer, reader);
        known.put(type, codec);
        known.put(MethodType.methodType(type).wrap().returnType(), codec);
    }

    private static <T> Codec<T> codec(BiConsumer<ByteBuffer, T> writer, Function<ByteBuffer, T> reader) {
        return new Codec<>() {
            @Override
            public void write(ByteBuffer out, T value) {
                writer.accept(out, value);
            }

            @Override
            public T read(ByteBuffer in) {
                return reader.apply(in);
            }
        };
    }
}
