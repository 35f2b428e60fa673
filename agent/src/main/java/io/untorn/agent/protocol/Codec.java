package io.untorn.agent.protocol;

import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** Turns values of one type into bytes and back. */
interface Codec<T> {
    /**
     * Write a value.
     *
     * @throws BufferOverflowException if there is not enough room
     */
    void write(ByteBuffer out, T value);

    /**
     * Read a value.
     *
     * @throws BufferUnderflowException if the bytes end before it does
     * @throws IllegalArgumentException if the bytes are none, or its constructor refuses what was read
     */
    T read(ByteBuffer in);

    /** Read a number of things to come, of at least one byte each. */
    static int readCount(ByteBuffer in) {
        int count = in.getInt();
        if (count < 0 || count > in.remaining()) {
            throw new IllegalArgumentException(count + " things announced, " + in.remaining() + " bytes there");
        }
        return count;
    }

    /** Read which of so many things of a type comes. */
    static int readIndex(ByteBuffer in, int count, Class<?> type) {
        int index = Byte.toUnsignedInt(in.get());
        if (index >= count) {
            throw new IllegalArgumentException("unknown " + type.getSimpleName() + ": " + index);
        }
        return index;
    }
}
