package io.untorn.agent.protocol;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes the codec of a type from the type itself, once, for several threads: records by their components, sealed interfaces
 * by the place of a value's type among the permitted ones, enums by their order.
 */
final class Codecs {
    private final Map<Type, Codec<?>> known = new ConcurrentHashMap<>();

    Codecs() {
        for (PlainCodec plain : PlainCodec.values()) {
            known.put(plain.type, plain);
            known.put(plain.boxed, plain);
        }
        known.put(Contents.class, new ContentsCodec(of(Origin.class)));
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

    /**
     * Return the codec of a type, which may be generic.
     *
     * @throws IllegalArgumentException as {@link #of} does
     */
    @SuppressWarnings("unchecked")
    Codec<Object> forType(Type type) {
        Codec<?> codec = known.get(type);
        return (Codec<Object>) (codec == null ? made(type) : codec);
    }

    /** Not by two threads at once: what they make is of use to both. */
    private synchronized Codec<?> made(Type type) {
        Codec<?> codec = known.get(type);
        if (codec == null) {
            codec = make(type);
            known.put(type, codec);
        }
        return codec;
    }

    private Codec<?> make(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            return new ListCodec(forType(generic.getActualTypeArguments()[0]));
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
            return new OptionalCodec(forType(generic.getActualTypeArguments()[0]));
        }
        if (type instanceof Class<?> plain) {
            if (plain.isEnum()) {
                return new EnumCodec(plain);
            }
            if (plain.isRecord()) {
                return record(plain);
            }
            if (plain.isInterface() && plain.isSealed()) {
                return new SealedCodec(plain, this);
            }
        }
        throw new IllegalArgumentException("no codec for " + type);
    }

    private Codec<Object> record(Class<?> type) {
        List<Codec<Object>> components = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            components.add(forType(component.getGenericType()));
        }
        try {
            return new RecordCodec(type, components);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("no codec for " + type, e);
        }
    }
}
