package io.untorn.model.operation;

import io.untorn.model.contents.Stamp;

/**
 * Share blocks with ioctl_ficlonerange(2), inside a file or between it and its twin.
 *
 * @param source bytes from the start of the file that is read, a multiple of {@link Stamp#WORD}
 * @param destination bytes from the start of the file that is changed, a multiple of {@link Stamp#WORD}
 * @param length bytes, more than 0, a multiple of {@link Stamp#WORD}
 */
public record CloneRange(Subject from, long source, Subject to, long destination, int length) implements Operation {
    public CloneRange {
        Place.require(source, length);
        Place.require(destination, length);
        Place.requireWords(source | destination, length);
        if (length == 0) {
            throw new IllegalArgumentException("a clone of 0 bytes means all up to the end: give the length");
        }
    }

    /** Create a clone inside the file. */
    public static CloneRange within(long source, long destination, int length) {
        return new CloneRange(Subject.FILE, source, Subject.FILE, destination, length);
    }

    /** Return the clone of the first bytes. */
    public CloneRange cutTo(int first) {
        return new CloneRange(from, source, to, destination, first);
    }

    /** Tell whether a byte would be both read and changed. */
    public boolean overlapsItself() {
        return from == to && Math.abs(source - destination) < length;
    }

    @Override
    public void touch(Footprint footprint) {
        if (from == Subject.TWIN || to == Subject.TWIN) {
            footprint.twin();
        }
        footprint.range(source, length);
        footprint.range(destination, length);
    }

    @Override
    public boolean mayChange() {
        return true;
    }

    @Override
    public String toString() {
        return "clone" + Place.words(length, source) + (from == Subject.TWIN ? " of the twin" : "") + " to "
                + destination + (to == Subject.TWIN ? " of the twin" : "");
    }
}
