package io.untorn.model.operation;

/** Get size and limits with statx(2). */
public record Statx() implements Operation {
    @Override
    public void touch(Footprint footprint) {}

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return "statx";
    }
}
