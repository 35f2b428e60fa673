package io.untorn.model.operation;

/** Let the kernel forget what is cached and not dirty, by {@code /proc/sys/vm/drop_caches}; nothing is written back. */
public record DropCaches() implements Operation {
    @Override
    public void touch(Footprint footprint) {}

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return "drop the caches";
    }
}
