package io.untorn.conformance.picture;

import io.untorn.conformance.wording.ViolationWords;
import io.untorn.model.oracle.Verdict.Violation;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What there is to see of a trace or a history: plain data that {@link TextPicture} and {@link SvgPicture} draw.
 *
 * @param title what it is of
 * @param remark where the outcomes come from, and by which rules the pieces are computed
 * @param windows the parts of the target that something happens in, in order, apart from each other
 * @param rows the operations, in order
 * @param footnotes the rules that the history breaks as a whole, and other remarks
 */
public record Picture(String title, String remark, List<Window> windows, List<Row> rows, List<String> footnotes) {
    /** Bytes {@code from} up to, and without, {@code to}. */
    public record Window(long from, long to) {
        /** Return the number of bytes. */
        long length() {
            return to - from;
        }
    }

    /**
     * An operation.
     *
     * @param number its number in the trace, from 1
     * @param words what it does
     * @param outcome what came of it
     * @param size bytes in the target after it
     * @param resized whether the size has changed
     * @param marks where it acts
     * @param pieces what the windows hold after it, in order, without gaps; if it broke a rule, before it
     * @param broken the rule that it broke
     */
    public record Row(
            int number,
            String words,
            String outcome,
            long size,
            boolean resized,
            List<Mark> marks,
            List<Piece> pieces,
            Optional<Broken> broken) {
        public Row {
            marks = List.copyOf(marks);
            pieces = List.copyOf(pieces);
        }
    }

    /** Where an operation acts: bytes {@code from} up to {@code to}; a place where both are the same. */
    public record Mark(long from, long to, MarkKind kind) {}

    /**
     * Bytes {@code from} up to {@code to} of one kind.
     *
     * @param writer the number of the operation whose data is there, from 1; empty for zeros
     */
    public record Piece(long from, long to, BlockState state, Optional<Integer> writer) {
        /** Tell whether another piece holds the same. */
        boolean isLike(Piece other) {
            return state == other.state && writer.equals(other.writer);
        }
    }

    /** A rule that was broken, in words. */
    public record Broken(String rule, String sentence, String expected, String actual) {
        static Broken of(Violation violation) {
            ViolationWords words = ViolationWords.of(violation);
            return new Broken(violation.rule().id(), violation.rule().sentence(), words.expected(), words.actual());
        }

        /** Return it as lines, the first with the rule. */
        List<String> lines() {
            return List.of("breaks " + rule + ": " + sentence, "expected: " + expected, "actual: " + actual);
        }
    }

    public Picture {
        windows = List.copyOf(windows);
        rows = List.copyOf(rows);
        footnotes = List.copyOf(footnotes);
    }

    /** Return the block states that are to be seen, in order. */
    Set<BlockState> states() {
        Set<BlockState> seen = EnumSet.noneOf(BlockState.class);
        rows.forEach(row -> row.pieces().forEach(piece -> seen.add(piece.state())));
        return seen;
    }

    /** Return the kinds of marks that are to be seen, in order. */
    Set<MarkKind> kinds() {
        Set<MarkKind> seen = EnumSet.noneOf(MarkKind.class);
        rows.forEach(row -> row.marks().forEach(mark -> seen.add(mark.kind())));
        return seen;
    }
}
