package io.untorn.model.operation;

/**
 * Set RLIMIT_FSIZE of the process with setrlimit(2).
 *
 * @param bytes the largest size a file may be given; {@link #UNLIMITED} for none
 */
public record LimitFileSize(long bytes) implements Operation {
    public static final long UNLIMITED = -1;

    public LimitFileSize {
        if (bytes != UNLIMITED) {
            Place.require(bytes, 0);
            Place.requireWords(bytes, 0);
        }
    }

    @Override
    public void touch(Footprint footprint) {}

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return bytes == UNLIMITED ? "no limit for file sizes" : "limit file sizes to " + bytes + " bytes";
    }
}
