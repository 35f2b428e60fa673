package io.untorn.model.operation;

/**
 * Write through a shared mapping, mmap(2), as far as the range lies inside the target; returns the bytes stored. The store
 * is the kernel's own, a read(2) into the mapping, so that a page which can't be had gives EFAULT, or fewer bytes, where a
 * store of the process would give SIGBUS.
 */
public record MapStore(long offset, int length) implements Operation {
    public MapStore {
        Place.require(offset, length);
        Place.requireWords(offset, length);
    }

    @Override
    public void touch(Footprint footprint) {
        footprint.range(offset, length);
    }

    @Override
    public boolean mayChange() {
        return true;
    }

    @Override
    public String toString() {
        return "store" + Place.words(length, offset) + " into a mapping";
    }
}
