package io.untorn.conformance.picture;

import io.untorn.conformance.picture.Picture.Mark;
import io.untorn.conformance.picture.Picture.Piece;
import io.untorn.conformance.picture.Picture.Row;
import io.untorn.conformance.picture.Picture.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws a picture as SVG 1.1: one file that needs no other, for light and dark surroundings, with text that can be
 * selected.
 */
public final class SvgPicture {
    private static final int WIDTH = 960;
    private static final int MARGIN = 24;
    private static final int GAP = 22;
    private static final int LINE = 17;
    private static final int BAND = 22;
    private static final int CHARACTERS = 122;
    private static final int SWATCH = 14;
    private static final double LABEL_CHARACTER = 7.3;
    private static final double LEAST_LABEL_DISTANCE = 56;

    private static final String STYLE =
            """
            <style>
              text { font: 12px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #1f2328; white-space: pre; }
              .title { font: 600 18px system-ui, "DejaVu Sans", sans-serif; }
              .tick, .writer { font-size: 11px; }
              .strong, .alarm { font-weight: 600; }
              .writer { text-anchor: middle; }
              .paper { fill: #ffffff; }
              .remark, .tick { fill: #656d76; }
              .alarm { fill: #cf222e; }
              .rule { stroke: #afb8c1; }
              .piece { stroke: #afb8c1; stroke-width: 0.6; }
              .broken { fill: none; stroke: #cf222e; stroke-width: 2; }
              .hole, .zeros { fill: #f3f5f7; }
              .unwritten { fill: #c8e1ff; }
              .written { fill: #8fdba3; }
              .shared { fill: #dcc2ff; }
              .delayed { fill: #ffe29a; }
              .uncertain { fill: #b6ecec; }
              .atomic-write { fill: #8250df; }
              .change { fill: #0969da; }
              .look { fill: #8c959f; }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3; }
                .paper { fill: #0d1117; }
                .remark, .tick { fill: #9198a1; }
                .alarm { fill: #ff7b72; }
                .rule, .piece { stroke: #3d444d; }
                .broken { stroke: #ff7b72; }
                .hole, .zeros { fill: #1b222b; }
                .unwritten { fill: #1f4a7d; }
                .written { fill: #1f6f3a; }
                .shared { fill: #5a3a96; }
                .delayed { fill: #7a5c10; }
                .uncertain { fill: #155e63; }
                .atomic-write { fill: #b58cff; }
                .change { fill: #58a6ff; }
                .look { fill: #8b949e; }
              }
            </style>
            """;

    private final Picture picture;
    private final double perByte;
    private final StringBuilder drawn = new StringBuilder();
    private int y = MARGIN;

    /** Draw a picture. */
    public SvgPicture(Picture picture) {
        this.picture = picture;
        long bytes = picture.windows().stream().mapToLong(Window::length).sum();
        perByte = (WIDTH - 2 * MARGIN - GAP * (picture.windows().size() - 1)) / (double) bytes;
        y += 14;
        text("title", MARGIN, picture.title());
        y += LINE + 4;
        words("remark", picture.remark());
        y += 10;
        ruler();
        picture.rows().forEach(this::row);
        y += 24;
        picture.footnotes().forEach(note -> words("strong", note));
        y += 4;
        legend();
    }

    /** Return the x coordinate of an offset; offsets between windows are in the gap. */
    private double x(long offset) {
        double left = MARGIN;
        for (Window window : picture.windows()) {
            if (offset <= window.to()) {
                return left + Math.max(0, offset - window.from()) * perByte;
            }
            left += window.length() * perByte + GAP;
        }
        return left - GAP;
    }

    private void ruler() {
        long step = 512;
        while (step * perByte < LEAST_LABEL_DISTANCE) {
            step *= 2;
        }
        y += LINE;
        for (Window window : picture.windows()) {
            line("rule", x(window.from() + 1), y, x(window.to()), y);
            double free = 0;
            for (long at = window.from(); at < window.to(); at = (at / step + 1) * step) {
                double x = at == window.from() ? left(window) : x(at);
                line("rule", x, y, x, y + 5);
                String label = Bytes.words(at);
                if (x >= free) {
                    shape("<text class=\"tick\" x=\"%s\" y=\"%d\">%s</text>", number(x), y - 4, label);
                    free = x + (label.length() + 1) * LABEL_CHARACTER;
                }
            }
        }
        y += 8;
    }

    private double left(Window window) {
        return x(window.to()) - window.length() * perByte;
    }

    private void row(Row row) {
        y += 24;
        words(
                row.broken().isPresent() ? "alarm" : "strong",
                row.number() + ". " + row.words() + ": " + row.outcome()
                        + (row.resized() ? ", size " + Bytes.words(row.size()) : ""));
        row.broken().ifPresent(broken -> broken.lines().forEach(line -> words("alarm", line)));
        y -= 8;
        row.marks().forEach(this::mark);
        y += 6;
        row.pieces().forEach(this::piece);
        if (row.broken().isPresent()) {
            row.marks()
                    .forEach(mark -> eachWindow(
                            mark.from(),
                            mark.to(),
                            (from, to) -> shape(
                                    "<rect class=\"broken\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\"/>",
                                    number(from), y, number(Math.max(2, to - from)), BAND)));
        }
        y += BAND;
    }

    private void mark(Mark mark) {
        eachWindow(
                mark.from(),
                mark.to(),
                (from, to) -> shape(
                        "<rect class=\"%s\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"4\"><title>%s</title></rect>",
                        style(mark.kind()),
                        number(from),
                        y,
                        number(Math.max(2, to - from)),
                        mark.kind().words() + " " + mark.from() + " to " + mark.to()));
    }

    private void piece(Piece piece) {
        String who = piece.writer().map(String::valueOf).orElse("");
        eachWindow(piece.from(), piece.to(), (from, to) -> {
            shape(
                    "<rect class=\"piece %s\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\"><title>%s</title></rect>",
                    style(piece.state()),
                    number(from),
                    y,
                    number(Math.max(1, to - from)),
                    BAND,
                    piece.from() + " to " + piece.to() + ": " + piece.state().words()
                            + (who.isEmpty() ? "" : ", data of operation " + who));
            if (!who.isEmpty() && to - from > (who.length() + 1) * LABEL_CHARACTER) {
                shape("<text class=\"writer\" x=\"%s\" y=\"%d\">%s</text>", number((from + to) / 2), y + 15, who);
            }
        });
    }

    /** What is drawn of a range in one window, from left to right. */
    private interface Part {
        void draw(double from, double to);
    }

    private void eachWindow(long from, long to, Part part) {
        for (Window window : picture.windows()) {
            long start = Math.max(from, window.from());
            long end = Math.min(to, window.to());
            if (start < end || (from == to && start == from && from < window.to())) {
                double left = left(window);
                part.draw(left + (start - window.from()) * perByte, left + (end - window.from()) * perByte);
            }
        }
    }

    private void legend() {
        List<Entry> entries = new ArrayList<>();
        picture.kinds().forEach(kind -> entries.add(new Entry(style(kind), kind.words(), 4)));
        picture.states().forEach(state -> entries.add(new Entry("piece " + style(state), state.words(), 12)));
        double x = MARGIN;
        for (Entry entry : entries) {
            double width = SWATCH + 6 + (entry.words().length() + 3) * LABEL_CHARACTER;
            if (x + width > WIDTH - MARGIN) {
                x = MARGIN;
                y += LINE;
            }
            shape(
                    "<rect class=\"%s\" x=\"%s\" y=\"%d\" width=\"%d\" height=\"%d\"/>",
                    entry.style(), number(x), y - 4 - entry.height() / 2, SWATCH, entry.height());
            text("remark", x + SWATCH + 6, entry.words());
            x += width;
        }
        y += LINE;
        words("remark", "a number: the operation whose data is there");
    }

    /** What a colour means: a swatch of a height, in pixels, and words. */
    private record Entry(String style, String words, int height) {}

    /** Return the class of what has a colour of its own. */
    private static String style(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void words(String style, String words) {
        for (String part : Wrapping.lines(words, CHARACTERS)) {
            text(style, MARGIN, part);
            y += LINE;
        }
    }

    private void text(String style, double x, String words) {
        shape("<text class=\"%s\" x=\"%s\" y=\"%d\">%s</text>", style, number(x), y, escaped(words));
    }

    private void line(String style, double fromX, int fromY, double toX, int toY) {
        shape(
                "<line class=\"%s\" x1=\"%s\" y1=\"%d\" x2=\"%s\" y2=\"%d\"/>",
                style, number(fromX), fromY, number(toX), toY);
    }

    private void shape(String format, Object... values) {
        drawn.append("  ").append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        int height = y + MARGIN / 2;
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "
                                + "role=\"img\">%n<title>%s</title>%n",
                        WIDTH,
                        height,
                        WIDTH,
                        height,
                        escaped(picture.title()))
                + STYLE
                + "  <rect width=\"100%\" height=\"100%\" class=\"paper\"/>\n"
                + drawn
                + "</svg>\n";
    }
}
