package io.untorn.simulated;

/**
 * A piece of a file and the blocks under it.
 *
 * @param logical blocks from the start of the file
 * @param physical blocks from the start of the file system; of no meaning for a hole
 * @param length blocks
 */
record Piece(long logical, long physical, long length, Kind kind) {
    enum Kind {
        HOLE,
        UNWRITTEN,
        WRITTEN
    }

    static Piece hole(long logical, long end) {
        return new Piece(logical, 0, end - logical, Kind.HOLE);
    }

    long end() {
        return logical + length;
    }

    /** Return the part that lies inside a range of the file; the two must overlap. */
    Piece inside(long from, long to) {
        long start = Math.max(from, logical);
        return new Piece(start, physical + (start - logical), Math.min(to, end()) - start, kind);
    }

    Piece as(Kind other) {
        return new Piece(logical, physical, length, other);
    }

    Piece movedBy(long blocks) {
        return new Piece(logical + blocks, physical, length, kind);
    }

    boolean continues(Piece before) {
        return kind == before.kind && logical == before.end() && physical == before.physical + before.length;
    }
}
