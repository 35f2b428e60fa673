package io.untorn.agent;

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
}
