package io.untorn.model.operation;

/** Ask where the file's data lies with FS_IOC_FIEMAP. */
public record MapExtents() implements Operation {
    @Override
    public void touch(Footprint footprint) {}

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return "look at the extents";
    }
}
