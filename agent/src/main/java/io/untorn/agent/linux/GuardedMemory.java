package io.untorn.agent.linux;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/**
 * Own memory of whole pages, followed by as much that must not be touched: a system call that is given some of that
 * fails with {@code EFAULT} there.
 *
 * <p>{@link #close()} takes the memory away: no view of it may be used after that.
 */
public final class GuardedMemory implements AutoCloseable {
    private final long address;
    private final int size;
    private final ByteBuffer bytes;

    private GuardedMemory(long address, int size) {
        this.address = address;
        this.size = size;
        bytes = new Pointer(address).getByteBuffer(0, size);
    }

    /**
     * Allocate memory that holds zeros.
     *
     * @param size in bytes, a multiple of the machine's page
     * @throws OutOfMemoryError if the kernel gives none
     */
    public static GuardedMemory allocate(int size) {
        long address = LibC.mmap(0, 2L * size, Uapi.PROT_NONE, Uapi.MAP_PRIVATE | Uapi.MAP_ANONYMOUS, -1, 0);
        if (address < 0 || LibC.mprotect(address, size, Uapi.PROT_READ | Uapi.PROT_WRITE) < 0) {
            throw new OutOfMemoryError("the kernel gives no " + size + " bytes");
        }
        return new GuardedMemory(address, size);
    }

    /** Return the bytes that may be touched. */
    public int size() {
        return size;
    }

    /** Return the address of the first byte. */
    public long address() {
        return address;
    }

    /** Return the contents: always the same view, whose position and limit are the caller's to keep. */
    public ByteBuffer bytes() {
        return bytes;
    }

    @Override
    public void close() {
        LibC.munmap(address, 2L * size);
    }
}
