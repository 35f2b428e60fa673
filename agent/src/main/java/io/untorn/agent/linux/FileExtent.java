package io.untorn.agent.linux;

/**
 * One extent of a file, as fiemap reports it.
 *
 * @param logical where it starts in the file, in bytes
 * @param physical where it starts on the device, in bytes
 * @param length in bytes
 * @param flags {@code FIEMAP_EXTENT_*}
 */
public record FileExtent(long logical, long physical, long length, int flags) {
    /** Return the offset in the file of the first byte after this extent. */
    public long end() {
        return logical + length;
    }

    /** Tell whether all of these flags are set. */
    public boolean has(int wanted) {
        return (flags & wanted) == wanted;
    }
}
