package io.untorn.vm.qemu;

import io.untorn.model.console.Splat;
import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * The recorded output of a machine. Any thread may read it while the machine prints.
 *
 * <p>Its size is bounded: the first lines, the last ones and those around splats are kept, and a line in place of the others
 * gives their number.
 */
public final class Console {
    /** The longest line in characters; the rest of a longer one begins a new line. */
    static final int MAX_LINE = 2048;

    /** How many of the first lines, and of the last, are kept at least. */
    static final int HEAD = 500;

    static final int TAIL = 5000;

    /** How many lines before the first line of a splat are kept, and how many from that line on. */
    static final int BEFORE_SPLAT = 20;

    static final int FROM_SPLAT = 300;

    /** The number of splats around which lines are kept. */
    static final int MAX_SPLATS = 40;

    private static final int BUFFER = 1 << 16;

    /** A line with its number among all that were printed. */
    private record Line(int number, String text) {}

    private final List<Line> kept = new ArrayList<>();
    private final Deque<Line> last = new ArrayDeque<>();
    private final Deque<Integer> splats = new ArrayDeque<>();
    private int printed;
    private int splatsSeen;

    /** Record until the other end is closed. */
    void recordFrom(Reader output) {
        char[] buffer = new char[BUFFER];
        StringBuilder partial = new StringBuilder();
        try {
            for (int count = output.read(buffer); count >= 0; count = output.read(buffer)) {
                for (int i = 0; i < count; i++) {
                    if (buffer[i] == '\n') {
                        addFrom(partial);
                    } else {
                        partial.append(buffer[i]);
                        if (partial.length() >= MAX_LINE) {
                            addFrom(partial);
                        }
                    }
                }
            }
        } catch (IOException e) {
            // The process was killed: what it printed so far is the record.
        }
        if (!partial.isEmpty()) {
            addFrom(partial);
        }
    }

    private void addFrom(StringBuilder partial) {
        int end = partial.length();
        while (end > 0 && partial.charAt(end - 1) == '\r') {
            end--;
        }
        add(partial.substring(0, end));
        partial.setLength(0);
    }

    private synchronized void add(String text) {
        Line line = new Line(printed++, text);
        last.addLast(line);
        if (splatsSeen < MAX_SPLATS && Splat.isStart(text) && isApart(line)) {
            splats.addLast(line.number());
            splatsSeen++;
        }
        if (last.size() > TAIL) {
            retire(last.removeFirst());
        }
        notifyAll();
    }

    /** Tell whether the line of a splat is too far from the last splat to be kept with it. */
    private boolean isApart(Line line) {
        return splats.isEmpty() || line.number() >= splats.getLast() + FROM_SPLAT / 2;
    }

    private void retire(Line line) {
        while (!splats.isEmpty() && line.number() >= splats.getFirst() + FROM_SPLAT) {
            splats.removeFirst();
        }
        if (line.number() < HEAD || (!splats.isEmpty() && line.number() >= splats.getFirst() - BEFORE_SPLAT)) {
            kept.add(line);
        }
    }

    /** Return the number of lines so far, including those that were not kept. */
    public synchronized int size() {
        return printed;
    }

    /** Return all lines so far. */
    public List<String> lines() {
        return linesSince(0);
    }

    /**
     * Return the lines from a position on.
     *
     * @param start an earlier {@link #size()}
     */
    public synchronized List<String> linesSince(int start) {
        return lines(start, printed);
    }

    /**
     * Return the lines between two positions.
     *
     * @param start an earlier {@link #size()}
     * @param end a later one
     */
    public synchronized List<String> lines(int start, int end) {
        List<String> lines = new ArrayList<>();
        int next = start;
        for (Iterable<Line> part : List.of(kept, last)) {
            for (Line line : part) {
                if (line.number() >= start && line.number() < end) {
                    tellDropped(line.number() - next, lines);
                    lines.add(line.text());
                    next = line.number() + 1;
                }
            }
        }
        tellDropped(end - next, lines);
        return lines;
    }

    private static void tellDropped(int count, List<String> lines) {
        if (count > 0) {
            lines.add("(untorn dropped " + count + " lines of console output here)");
        }
    }

    /** Return the last lines, at most {@code count}. */
    public synchronized List<String> tail(int count) {
        return linesSince(Math.max(0, printed - count));
    }

    /**
     * Wait for a line.
     *
     * @param start where to start: an earlier {@link #size()}
     * @return whether it came within the limit
     */
    public synchronized boolean await(Predicate<String> wanted, int start, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        int seen = start;
        while (true) {
            if (linesSince(seen).stream().anyMatch(wanted)) {
                return true;
            }
            seen = printed;
            if (!awaitMore(deadline - System.nanoTime())) {
                return false;
            }
        }
    }

    /** Wait until nothing was printed for a while, at most for a limit. */
    synchronized void awaitSilence(Duration silence, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        int before;
        do {
            before = printed;
            long quiet = System.nanoTime() + silence.toNanos();
            while (printed == before && awaitMore(quiet - System.nanoTime())) {
                // spurious wake-up
            }
        } while (printed != before && System.nanoTime() < deadline);
    }

    /** Wait for more output; return whether there was time left. Callers check their condition again. */
    @SuppressWarnings("WaitNotInLoop")
    private boolean awaitMore(long nanos) {
        long millis = nanos / 1_000_000;
        if (millis <= 0) {
            return false;
        }
        try {
            wait(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
