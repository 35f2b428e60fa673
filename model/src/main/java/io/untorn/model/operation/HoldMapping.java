package io.untorn.model.operation;

/**
 * Map a range shared, mmap(2), have its pages mapped at once as far as there are any (MAP_POPULATE), and keep the mapping: loads
 * and stores whose range lies in it go through it. It may reach past EOF.
 *
 * <p>It is kept until a {@link ReleaseMapping}, another of these, a remount that is not live, or a power cut; one is held at a
 * time. Opening the file again does not end it.
 *
 * @param offset bytes, a multiple of {@link io.untorn.model.contents.Stamp#WORD}
 * @param length bytes, more than 0, likewise
 */
public record HoldMapping(long offset, int length) implements Operation {
    public HoldMapping {
        Place.require(offset, length);
        Place.requireWords(offset, length);
        if (length == 0) {
            throw new IllegalArgumentException("a mapping has a byte at least");
        }
    }

    /** Tell whether all of a range is mapped. */
    public boolean covers(long from, int bytes) {
        return from >= offset && from + bytes <= offset + length;
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
        return "hold a mapping" + Place.words(length, offset);
    }
}
