package io.untorn.model.operation;

/** Unmap, munmap(2), what a {@link HoldMapping} keeps; if there is nothing, do nothing. */
public record ReleaseMapping() implements Operation {
    @Override
    public void touch(Footprint footprint) {}

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return "release the mapping";
    }
}
