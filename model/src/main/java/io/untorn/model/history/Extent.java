package io.untorn.model.history;

/**
 * A piece of a file and its place on the disk, as FIEMAP reports it.
 *
 * @param logical bytes from the start of the file
 * @param physical bytes from the start of the file system's device
 * @param length bytes
 * @param flags {@code fe_flags}: FIEMAP_EXTENT_UNWRITTEN 0x800, FIEMAP_EXTENT_SHARED 0x2000, …
 */
public record Extent(long logical, long physical, long length, int flags) {}
