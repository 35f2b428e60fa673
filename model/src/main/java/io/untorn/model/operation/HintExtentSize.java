package io.untorn.model.operation;

/**
 * Set the extent size hint of FS_IOC_FSSETXATTR: the sizes in which the file system allocates.
 *
 * @param bytes 0 for no hint; at most {@link Operation#MAX_LENGTH}
 */
public record HintExtentSize(int bytes) implements Operation {
    public HintExtentSize {
        Place.require(0, bytes);
    }

    @Override
    public void touch(Footprint footprint) {}

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return bytes == 0 ? "no extent size hint" : "hint at extents of " + bytes + " bytes";
    }
}
