package io.untorn.agent;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** A record as its components, in their order. */
final class RecordCodec implements Codec<Object> {
    private static final MethodType GET = MethodType.methodType(Object.class, Object.class);
    private static final MethodType CREATE = MethodType.methodType(Object.class, Object[].class);

    private final MethodHandle[] accessors;
    private final Codec<Object>[] codecs;
    private final MethodHandle constructor;

    /** Create the codec of a record type, from the codecs of its components. */
    RecordCodec(Class<?> type, List<Codec<Object>> components) throws ReflectiveOperationException {
        RecordComponent[] declared = type.getRecordComponents();
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        accessors = new MethodHandle[declared.length];
        for (int i = 0; i < declared.length; i++) {
            accessors[i] = lookup.unreflect(declared[i].getAccessor()).asType(GET);
        }
        codecs = components.toArray(RecordCodec::array);
        Class<?>[] types = Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new);
        constructor = lookup.unreflectConstructor(type.getDeclaredConstructor(types))
                .asSpreader(Object[].class, types.length)
                .asType(CREATE);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Codec<Object>[] array(int length) {
        return new Codec[length];
    }

    @Override
    public void write(ByteBuffer out, Object value) {
        for (int i = 0; i < accessors.length; i++) {
            codecs[i].write(out, get(accessors[i], value));
        }
    }

    @Override
    public Object read(ByteBuffer in) {
        Object[] values = new Object[codecs.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = codecs[i].read(in);
        }
        return create(values);
    }

    private static Object get(MethodHandle accessor, Object value) {
        try {
            return (Object) accessor.invokeExact(value);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    private Object create(Object[] values) {
        try {
            return (Object) constructor.invokeExact(values);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(thrown);
    }
}
