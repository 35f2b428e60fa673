package io.untorn.model.operation;

/** Get the places of the file's data with FS_IOC_FIEMAP. */
public record MapExtents() implements Operation {
    @Override
    public void touch(Footprint footprint) {}

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return "map the extents";
    }
}
