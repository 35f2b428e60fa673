package io.untorn.model;

/**
 * One world: what the target holds if it is this one. Immutable.
 *
 * @param contents who wrote every byte, from 0 to the target's size
 */
public record FileState(Contents contents) {
    /** Return the state that a trace begins with: zeros, as many bytes as the target has. */
    public static FileState pristine(long size) {
        return new FileState(Contents.zeros(size));
    }

    /** Return the size in bytes. */
    public long size() {
        return contents.end();
    }

    /** Return the state after an operation laid down its data; the size grows where the range ends beyond it. */
    public FileState written(long offset, long length, int operation) {
        return length == 0 ? this : grownTo(offset + length).replaced(offset, length, new Origin.Written(operation, 0));
    }

    /** Return the state with zeros in a range, as far as it lies inside. */
    public FileState zeroed(long offset, long length) {
        return replaced(offset, length, Origin.ZERO);
    }

    /** Return the state with a size; what is new reads as zeros. */
    public FileState resized(long size) {
        return size == size() ? this : new FileState(contents.resized(size));
    }

    /** Return the state with at least a size. */
    public FileState grownTo(long size) {
        return resized(Math.max(size, size()));
    }

    /** Return the state with a copy of a range, which lies inside, at another place. */
    public FileState cloned(long source, long destination, long length) {
        return new FileState(grownTo(destination + length).contents.withCopy(source, destination, length));
    }

    private FileState replaced(long offset, long length, Origin origin) {
        return new FileState(contents.with(offset, length, origin));
    }
}
