package io.untorn.agent.linux;

import io.untorn.agent.linux.struct.iovec;

/**
 * Own an array of {@code struct iovec} to be filled and passed to {@link LibC#pwritev2} and {@link LibC#preadv2}.
 *
 * <p>The structure gives the offsets, once; the segments go to plain memory, for this is done before every write.
 */
public final class IoVectors implements AutoCloseable {
    private static final iovec LAYOUT = new iovec();
    private static final int SIZE = LAYOUT.size();
    private static final int IOV_BASE = LAYOUT.offsetOf("iov_base");
    private static final int IOV_LEN = LAYOUT.offsetOf("iov_len");

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
