package io.untorn.conformance.report;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** Lays out rows of text in columns. */
public final class TextTable {
    private TextTable() {}

    /**
     * Return the rows, a line each.
     *
     * @param rows all of the same length, the headings first
     * @param numbers the columns, from 0, that are set to the right
     */
    public static String of(List<List<String>> rows, Set<Integer> numbers) {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String side = numbers.contains(column) ? "" : "-";
                line.append(String.format(Locale.ROOT, "%" + side + widths[column] + "s  ", row.get(column)));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
