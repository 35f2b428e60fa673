package io.untorn.agent.linux;

/**
 * Own an array of {@code struct iovec} to be filled and passed to {@link LibC#pwritev2} and {@link LibC#preadv2}.
 *
 * <p>It writes the structure's two fields by their offsets: reflection over {@link io.untorn.agent.linux.struct.iovec}
 * would take longer than the write that it describes.
 */
public final class IoVectors implements AutoCloseable {
    static final int IOV_BASE = 0;
    static final int IOV_LEN = 8;
    static final int SIZE = 16;

    private final AlignedBuffer memory;

    /** Allocate room for {@code count} segments, 1 or more. */
    public IoVectors(int count) {
        memory = AlignedBuffer.allocate(Math.multiplyExact(count, SIZE), Long.BYTES);
    }

    /**
     * Set the address and length, in bytes, of one segment. Neither is checked.
     *
     * @throws IndexOutOfBoundsException if there is no room for a segment {@code index}, counted from 0
     */
    public void set(int index, long address, long length) {
        memory.bytes().putLong(index * SIZE + IOV_BASE, address).putLong(index * SIZE + IOV_LEN, length);
    }

    /** Return the address of the first segment. */
    public long address() {
        return memory.address();
    }

    /** Free the memory; do nothing if that is done already. */
    @Override
    public void close() {
        memory.close();
    }
}
