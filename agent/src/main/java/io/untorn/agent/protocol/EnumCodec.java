package io.untorn.agent.protocol;

import java.nio.ByteBuffer;

/** A constant as its place among all of its type. */
final class EnumCodec implements Codec<Enum<?>> {
    private final Class<?> type;
    private final Enum<?>[] constants;

    EnumCodec(Class<?> type) {
        this.type = type;
        this.constants = (Enum<?>[]) type.getEnumConstants();
    }

    @Override
    @SuppressWarnings("EnumOrdinal") // host and guest are the same build
    public void write(ByteBuffer out, Enum<?> value) {
        out.put((byte) value.ordinal());
    }

    @Override
    public Enum<?> read(ByteBuffer in) {
        return constants[Codec.readIndex(in, constants.length, type)];
    }
}
