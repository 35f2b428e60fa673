package io.untorn.model.operation;

import io.untorn.model.contents.Stamp;

/** Set the size with ftruncate(2), in bytes, a multiple of {@link Stamp#WORD}. */
public record Truncate(long size) implements Operation {
    public Truncate {
        Place.require(size, 0);
        Place.requireWords(size, 0);
    }

    @Override
    public void touch(Footprint footprint) {
        footprint.range(size, 0);
    }

    @Override
    public boolean mayChange() {
        return true;
    }

    @Override
    public String toString() {
        return "truncate to " + size + " bytes";
    }
}
