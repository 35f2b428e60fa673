package io.untorn.agent.linux;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/**
 * Own memory whose address is a multiple of a chosen alignment, as direct I/O asks for.
 *
 * <p>{@link #close()} frees the memory: no view of it may be used, and no call may write to it, after that. Not for use
 * by several threads at once.
 */
public final class AlignedBuffer implements AutoCloseable {
    private final int size;
    private final ByteBuffer bytes;
    private long address;

    private AlignedBuffer(long address, int size) {
        this.address = address;
        this.size = size;
        this.bytes = new Pointer(address).getByteBuffer(0, size);
    }

    /**
     * Allocate memory; its contents are undefined.
     *
     * @param size in bytes, 1 or more
     * @param alignment in bytes, a power of two and at least 8
     * @throws IllegalArgumentException if size or alignment is not as said
     * @throws OutOfMemoryError if libc has no such memory
     */
    public static AlignedBuffer allocate(int size, int alignment) {
        if (size < 1 || alignment < Long.BYTES || Integer.bitCount(alignment) != 1) {
            throw new IllegalArgumentException("not a size of 1 or more and an alignment of a power of two from 8 on: "
                    + size + " and " + alignment + " bytes");
        }
        try (Memory pointer = new Memory(Long.BYTES)) {
            if (LibC.posix_memalign(Pointer.nativeValue(pointer), alignment, size) != 0) {
                throw new OutOfMemoryError("libc has no " + size + " bytes aligned to " + alignment);
            }
            return new AlignedBuffer(pointer.getLong(0), size);
        }
    }

    /** Return the size in bytes. */
    public int size() {
        return size;
    }

    /**
     * Return the address of the first byte.
     *
     * @throws IllegalStateException if the buffer is closed
     */
    public long address() {
        requireOpen();
        return address;
    }

    /**
     * Return the contents in native byte order: always the same view, whose position and limit are the caller's to keep.
     *
     * @throws IllegalStateException if the buffer is closed
     */
    public ByteBuffer bytes() {
        requireOpen();
        return bytes;
    }

    /**
     * Set all its bytes to one value.
     *
     * @throws IllegalStateException if the buffer is closed
     */
    public void fill(int value) {
        new Pointer(address()).setMemory(0, size, (byte) value);
    }

    /** Free the memory; do nothing if that is done already. */
    @Override
    public void close() {
        LibC.free(address);
        address = 0;
    }

    private void requireOpen() {
        if (address == 0) {
            throw new IllegalStateException("the aligned buffer of " + size + " bytes is closed");
        }
    }
}
