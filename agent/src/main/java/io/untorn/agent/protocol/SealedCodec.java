package io.untorn.agent.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A value of a sealed interface, after the index of its type among the permitted ones. A type's codec is made when the
 * first value of it comes: a guest's first request needs few of them.
 */
final class SealedCodec implements Codec<Object> {
    private final Class<?> type;
    private final Codecs codecs;
    private final List<Class<?>> types = new ArrayList<>();

    SealedCodec(Class<?> type, Codecs codecs) {
        this.type = type;
        this.codecs = codecs;
        addPermitted(type);
    }

    private void addPermitted(Class<?> of) {
        for (Class<?> permitted : of.getPermittedSubclasses()) {
            if (permitted.isInterface() && permitted.isSealed()) {
                addPermitted(permitted);
            } else {
                types.add(permitted);
            }
        }
    }

    @Override
    public void write(ByteBuffer out, Object value) {
        out.put((byte) types.indexOf(value.getClass()));
        codecs.forType(value.getClass()).write(out, value);
    }

    @Override
    public Object read(ByteBuffer in) {
        return codecs.forType(types.get(Codec.readIndex(in, types.size(), type)))
                .read(in);
    }
}
