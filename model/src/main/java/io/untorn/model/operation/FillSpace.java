package io.untorn.model.operation;

/**
 * Write back all that is cached, syncfs(2), and then take the free space of the file system for another file, or give it
 * back. On a block device it does nothing.
 *
 * @param left what is left
 */
public record FillSpace(FreeSpace left) implements Operation {
    /** Bytes that are {@link FreeSpace#A_LITTLE}. */
    public static final int LITTLE = 64 << 10;

    /** Bytes of a piece of {@link FreeSpace#CHECKERBOARD}. */
    public static final int PIECE = 16 << 10;

    /** How many pieces are left of {@link FreeSpace#CHECKERBOARD}. */
    public static final int PIECES = 64;

    @Override
    public void touch(Footprint footprint) {}

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return "leave " + left.words() + " free";
    }
}
