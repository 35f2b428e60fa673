package io.untorn.model.operation;

/** Read through a shared mapping, mmap(2), as far as the range lies inside the target. */
public record MapLoad(long offset, int length) implements Operation {
    public MapLoad {
        Place.require(offset, length);
        Place.requireWords(offset, length);
    }

    @Override
    public void touch(Footprint footprint) {
        footprint.range(offset, length);
    }

    @Override
    public boolean mayChange() {
        return false;
    }

    @Override
    public String toString() {
        return "load" + Place.words(length, offset) + " from a mapping";
    }
}
