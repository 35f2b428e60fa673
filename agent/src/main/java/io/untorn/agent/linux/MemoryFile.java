package io.untorn.agent.linux;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/**
 * Bytes that the kernel copies to an address of this process: where that address can't be had, because no block is left for
 * its page, the copy ends there, and no signal ends the process.
 */
public final class MemoryFile implements AutoCloseable {
    private static final String NAME = "untorn";

    private final int fd;
    private final long address;
    private final int size;
    private final ByteBuffer bytes;
    private final IoVectors segment = new IoVectors(1);

    private MemoryFile(int fd, long address, int size) {
        this.fd = fd;
        this.address = address;
        this.size = size;
        bytes = new Pointer(address).getByteBuffer(0, size);
    }

    /**
     * Make room.
     *
     * @param size in bytes, 1 or more; memory is taken as it is used
     * @throws OutOfMemoryError if the kernel gives none
     */
    public static MemoryFile allocate(int size) {
        int fd = LibC.memfd_create(NAME, Uapi.MFD_CLOEXEC);
        if (fd >= 0 && LibC.ftruncate(fd, size) == 0) {
            long address = LibC.mmap(0, size, Uapi.PROT_READ | Uapi.PROT_WRITE, Uapi.MAP_SHARED, fd, 0);
            if (address >= 0) {
                return new MemoryFile(fd, address, size);
            }
        }
        LibC.close(fd);
        throw new OutOfMemoryError("the kernel gives no file of " + size + " bytes in memory");
    }

    /** Return the contents: always the same view, whose position and limit are the caller's to keep. */
    public ByteBuffer bytes() {
        return bytes;
    }

    /**
     * Have the kernel copy a range.
     *
     * @param offset where it begins here, in bytes
     * @param length bytes
     * @param destination an address
     * @return how many bytes were copied, or a negated errno: {@code EFAULT} if there is nothing at the address
     */
    public long copy(long offset, int length, long destination) {
        segment.set(0, destination, length);
        return LibC.preadv2(fd, segment.address(), 1, offset, 0);
    }

    @Override
    public void close() {
        segment.close();
        LibC.munmap(address, size);
        LibC.close(fd);
    }
}
