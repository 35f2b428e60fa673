package io.untorn.simulated;

/** How a file system writes atomically. */
interface AtomicWriteMethod {
    /**
     * Write data that the checks let through, all or none; nothing of its range is cached.
     *
     * @param first the first block
     * @param data whole blocks
     */
    void write(RegularFile file, long first, byte[] data) throws Refused;

    /** Tell whether a write would have to wait for blocks or for a journal. */
    boolean mustWait(RegularFile file, long first, long end);
}
