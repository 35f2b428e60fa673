package io.untorn.conformance.picture;

import io.untorn.conformance.picture.Picture.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Windows as columns of characters, each of as many bytes.
 *
 * @param scale bytes in a column
 * @param starts where each column begins, in bytes; {@link #GAP} where something is left out
 */
record Columns(long scale, List<Long> starts) {
    static final long GAP = -1;

    private static final int FINEST = 512;
    private static final int LEAST_OF_WINDOW = 3;

    Columns {
        starts = List.copyOf(starts);
    }

    /** Lay out windows in at most so many columns, as fine as they allow. */
    static Columns of(List<Window> windows, int most) {
        List<Window> few = fewer(windows, most / (LEAST_OF_WINDOW + 1));
        long scale = FINEST;
        List<Long> starts = starts(few, scale);
        while (starts.size() > most) {
            scale *= 2;
            starts = starts(few, scale);
        }
        return new Columns(scale, starts);
    }

    private static List<Long> starts(List<Window> windows, long scale) {
        List<Long> starts = new ArrayList<>();
        long reached = 0;
        for (Window window : windows) {
            long from = Math.max(reached, window.from() / scale * scale);
            if (from > reached) {
                starts.add(GAP);
            }
            for (reached = from; reached < window.to(); reached += scale) {
                starts.add(reached);
            }
        }
        return starts;
    }

    /** Join the windows that are closest, until there are no more than so many. */
    private static List<Window> fewer(List<Window> windows, int most) {
        List<Window> few = new ArrayList<>(windows);
        while (few.size() > Math.max(1, most)) {
            int shortest = 1;
            for (int i = 2; i < few.size(); i++) {
                shortest = before(few, i) < before(few, shortest) ? i : shortest;
            }
            Window second = few.remove(shortest);
            few.set(shortest - 1, new Window(few.get(shortest - 1).from(), second.to()));
        }
        return few;
    }

    private static long before(List<Window> windows, int index) {
        return windows.get(index).from() - windows.get(index - 1).to();
    }

    int count() {
        return starts.size();
    }

    boolean isGap(int column) {
        return starts.get(column) == GAP;
    }

    /** Tell whether a column shows some of a range, or the place that a range without a length is at. */
    boolean shows(int column, long from, long to) {
        return !isGap(column) && starts.get(column) < Math.max(to, from + 1) && from < starts.get(column) + scale;
    }
}
