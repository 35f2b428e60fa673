package io.untorn.simulated;

import java.util.ArrayList;
import java.util.List;

/** Where the blocks of one file lie: pieces in order, with holes between them. */
final class ExtentMap {
    private List<Piece> pieces = List.of();

    /** Return the pieces that are no holes, in order; the list never changes. */
    List<Piece> pieces() {
        return pieces;
    }

    /** Take the pieces of an earlier time. */
    void restore(List<Piece> earlier) {
        pieces = earlier;
    }

    /** Return what lies in a range: pieces that cover it without a gap, holes among them. */
    List<Piece> over(long from, long to) {
        List<Piece> found = new ArrayList<>();
        long at = from;
        for (Piece piece : pieces) {
            if (piece.end() > at && piece.logical() < to) {
                if (piece.logical() > at) {
                    found.add(Piece.hole(at, piece.logical()));
                }
                found.add(piece.inside(from, to));
                at = Math.min(to, piece.end());
            }
        }
        if (at < to) {
            found.add(Piece.hole(at, to));
        }
        return found;
    }

    /** Take out what lies in a range, and return it. */
    List<Piece> remove(long from, long to) {
        List<Piece> removed = new ArrayList<>();
        List<Piece> kept = new ArrayList<>(pieces.size() + 1);
        for (Piece piece : pieces) {
            if (piece.end() <= from || piece.logical() >= to) {
                kept.add(piece);
                continue;
            }
            if (piece.logical() < from) {
                kept.add(piece.inside(piece.logical(), from));
            }
            removed.add(piece.inside(from, to));
            if (piece.end() > to) {
                kept.add(piece.inside(to, piece.end()));
            }
        }
        pieces = List.copyOf(kept);
        return removed;
    }

    /** Put a piece in place of what lies there; it merges with neighbours that it continues. */
    void put(Piece piece) {
        remove(piece.logical(), piece.end());
        List<Piece> all = new ArrayList<>(pieces.size() + 1);
        boolean pending = true;
        for (Piece other : pieces) {
            if (pending && other.logical() > piece.logical()) {
                append(all, piece);
                pending = false;
            }
            append(all, other);
        }
        if (pending) {
            append(all, piece);
        }
        pieces = List.copyOf(all);
    }

    /** Move all from a block on by some blocks; there must be room. */
    void shift(long from, long by) {
        List<Piece> moved = new ArrayList<>(pieces.size() + 1);
        for (Piece piece : pieces) {
            if (piece.logical() < from) {
                append(moved, piece.inside(piece.logical(), from));
            }
            if (piece.end() > from) {
                append(moved, piece.inside(from, piece.end()).movedBy(by));
            }
        }
        pieces = List.copyOf(moved);
    }

    private static void append(List<Piece> list, Piece piece) {
        int last = list.size() - 1;
        if (last >= 0 && piece.continues(list.get(last))) {
            Piece before = list.get(last);
            list.set(
                    last,
                    new Piece(before.logical(), before.physical(), before.length() + piece.length(), piece.kind()));
        } else {
            list.add(piece);
        }
    }
}
