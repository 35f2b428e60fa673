package io.untorn.conformance.picture;

import io.untorn.conformance.picture.Picture.Mark;
import io.untorn.conformance.picture.Picture.Piece;
import io.untorn.conformance.picture.Picture.Row;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Draws a picture with characters: for each operation its words, where it acts, and what is there after it.
 *
 * <pre>
 *      0       4K      8K
 *      |-------|-------|-------
 *
 *   1. atomic write of 4096 bytes at 4096: returned 4096, size 8K
 *              AAAAAAAA
 *      ........####1###
 * </pre>
 */
public final class TextPicture {
    private static final String INDENT = " ".repeat(5);
    private static final int LEAST_WIDTH = 40;
    private static final int LABEL_EVERY = 8;
    private static final char SEVERAL = '%';

    private final Picture picture;
    private final Paint paint;
    private final int room;
    private final Columns columns;
    private final StringBuilder text = new StringBuilder();

    /**
     * Draw a picture.
     *
     * @param width columns of the terminal; less than {@value #LEAST_WIDTH} are taken for so many
     */
    public TextPicture(Picture picture, int width, Paint paint) {
        this.picture = picture;
        this.paint = paint;
        room = Math.max(width, LEAST_WIDTH) - INDENT.length();
        columns = Columns.of(picture.windows(), room);
        line(paint.of(Paint.STRONG, picture.title()));
        words("", Paint.FAINT, picture.remark() + "; a character is " + Bytes.words(columns.scale()));
        line("");
        ruler();
        picture.rows().forEach(this::row);
        line("");
        picture.footnotes().forEach(note -> words("", Paint.STRONG, note));
        legend();
    }

    private void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }

    private void words(String start, String style, String words) {
        String indent = start;
        for (String part : Wrapping.lines(words, room)) {
            line(indent + paint.of(style, part));
            indent = " ".repeat(start.length());
        }
    }

    private void ruler() {
        long step = columns.scale() * LABEL_EVERY;
        StringBuilder labels = new StringBuilder();
        StringBuilder ticks = new StringBuilder();
        for (int i = 0; i < columns.count(); i++) {
            boolean first = i == 0 || columns.isGap(i - 1);
            String label = Bytes.words(columns.starts().get(i));
            boolean labelled = !columns.isGap(i)
                    && (first || (columns.starts().get(i) % step == 0 && !reachesGap(i, label.length())))
                    && (labels.isEmpty() || labels.length() < i);
            if (labelled) {
                labels.append(" ".repeat(i - labels.length())).append(label);
            }
            ticks.append(columns.isGap(i) ? ' ' : labelled ? '|' : '-');
        }
        line(INDENT + paint.of(Paint.FAINT, labels.toString()));
        line(INDENT + paint.of(Paint.FAINT, ticks.toString()));
    }

    /** Tell whether a label would reach into a gap, and so to the label after it. */
    private boolean reachesGap(int from, int length) {
        return IntStream.range(from, Math.min(from + length, columns.count())).anyMatch(columns::isGap);
    }

    private void row(Row row) {
        line("");
        words(
                String.format(Locale.ROOT, "%3d. ", row.number()),
                row.broken().isPresent() ? Paint.ALARM : Paint.STRONG,
                row.words() + ": " + row.outcome() + (row.resized() ? ", size " + Bytes.words(row.size()) : ""));
        row.broken().ifPresent(broken -> broken.lines().forEach(each -> words(INDENT, Paint.ALARM, each)));
        if (!row.marks().isEmpty()) {
            line(INDENT + paint.of(row.broken().isPresent() ? Paint.ALARM : Paint.STRONG, marks(row)));
        }
        line(INDENT + pieces(row));
    }

    private String marks(Row row) {
        return IntStream.range(0, columns.count())
                .mapToObj(column -> row.marks().stream()
                        .filter(mark -> columns.shows(column, mark.from(), mark.to()))
                        .map(Mark::kind)
                        .map(MarkKind::symbol)
                        .findFirst()
                        .orElse(' '))
                .map(String::valueOf)
                .collect(Collectors.joining())
                .stripTrailing();
    }

    private String pieces(Row row) {
        char[] symbols = new char[columns.count()];
        String[] styles = new String[columns.count()];
        for (int i = 0; i < symbols.length; i++) {
            Set<BlockState> there = states(row, i);
            symbols[i] = there.isEmpty()
                    ? ' '
                    : there.size() > 1 ? SEVERAL : there.iterator().next().symbol();
            styles[i] = there.size() == 1 ? style(there.iterator().next()) : Paint.STRONG;
        }
        row.pieces().forEach(piece -> label(piece, symbols));
        StringBuilder line = new StringBuilder();
        int from = 0;
        for (int i = 1; i <= symbols.length; i++) {
            if (i == symbols.length || !styles[i].equals(styles[from])) {
                line.append(paint.of(styles[from], new String(symbols, from, i - from)));
                from = i;
            }
        }
        return line.toString();
    }

    private Set<BlockState> states(Row row, int column) {
        Set<BlockState> there = EnumSet.noneOf(BlockState.class);
        row.pieces().stream()
                .filter(piece -> columns.shows(column, piece.from(), piece.to()))
                .forEach(piece -> there.add(piece.state()));
        return there;
    }

    /** Put the number of the operation whose data a piece holds into its middle, where there is room. */
    private void label(Piece piece, char[] symbols) {
        if (piece.writer().isEmpty()) {
            return;
        }
        String number = piece.writer().get().toString();
        int[] shown = IntStream.range(0, symbols.length)
                .filter(column -> columns.shows(column, piece.from(), piece.to()))
                .toArray();
        if (shown.length > number.length()) {
            int at = shown[(shown.length - number.length()) / 2];
            number.getChars(0, number.length(), symbols, at);
        }
    }

    private static String style(BlockState state) {
        return switch (state) {
            case HOLE, ZEROS -> "2";
            case UNWRITTEN -> "34";
            case WRITTEN -> "32";
            case SHARED -> "35";
            case DELAYED -> "33";
            case UNCERTAIN -> "36";
        };
    }

    private void legend() {
        legend(picture.kinds().stream().map(kind -> kind.symbol() + " " + kind.words()));
        legend(Stream.concat(
                picture.states().stream().map(state -> state.symbol() + " " + state.words()),
                Stream.of(SEVERAL + " several of them", "a number: the operation whose data is there")));
    }

    private void legend(Stream<String> entries) {
        words("", Paint.FAINT, entries.collect(Collectors.joining(", ")));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
