package io.untorn.vm;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The record of what a machine printed. Any thread may read it while the machine prints. */
public final class Console {
    private final List<String> lines = new ArrayList<>();

    /** Record until the other end is closed. */
    void recordFrom(BufferedReader output) {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            // Closed under the reader because the process was killed: what it said so far is the record.
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
    }

    /** Return the number of lines so far. */
    public synchronized int size() {
        return lines.size();
    }

    /** Return all lines so far. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /**
     * Return the lines from a place on.
     *
     * @param start a former {@link #size()}
     */
    public synchronized List<String> linesSince(int start) {
        return List.copyOf(lines.subList(start, lines.size()));
    }

    /** Return the last lines, at most {@code count}. */
    public synchronized List<String> tail(int count) {
        return List.copyOf(lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }
}
