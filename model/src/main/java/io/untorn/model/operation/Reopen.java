package io.untorn.model.operation;

/** Open the descriptors of reads and writes in a mode, and close those before; if that fails those stay open. */
public record Reopen(OpenMode mode) implements Operation {
    @Override
    public void touch(Footprint footprint) {
        if (mode.append()) {
            footprint.appending();
        }
    }

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return "open " + mode;
    }
}
