package io.untorn.agent.protocol;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A record as its components, in their order.
 *
 * <p>Method handles would be no faster, and what the JVM makes of them for each record takes a guest seconds at its first
 * request.
 */
final class RecordCodec implements Codec<Object> {
    private final Method[] accessors;
    private final List<Codec<Object>> codecs;
    private final Constructor<?> constructor;

    /** Create the codec of a record type, from the codecs of its components. */
    RecordCodec(Class<?> type, List<Codec<Object>> components) throws ReflectiveOperationException {
        RecordComponent[] declared = type.getRecordComponents();
        Class<?>[] types = new Class<?>[declared.length];
        accessors = new Method[declared.length];
        for (int i = 0; i < declared.length; i++) {
            types[i] = declared[i].getType();
            accessors[i] = declared[i].getAccessor();
        }
        codecs = components;
        constructor = type.getDeclaredConstructor(types);
    }

    @Override
    public void write(ByteBuffer out, Object value) {
        for (int i = 0; i < accessors.length; i++) {
            codecs.get(i).write(out, get(accessors[i], value));
        }
    }

    @Override
    public Object read(ByteBuffer in) {
        Object[] values = new Object[accessors.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = codecs.get(i).read(in);
        }
        return create(values);
    }

    private static Object get(Method accessor, Object value) {
        try {
            return accessor.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw unchecked(e);
        }
    }

    private Object create(Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw unchecked(e);
        }
    }

    private static RuntimeException unchecked(ReflectiveOperationException thrown) {
        if (thrown instanceof InvocationTargetException target) {
            if (target.getCause() instanceof Error error) {
                throw error;
            }
            if (target.getCause() instanceof RuntimeException unchecked) {
                return unchecked;
            }
        }
        return new IllegalStateException(thrown);
    }
}
