package io.untorn.conformance.picture;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines. */
final class Wrapping {
    private Wrapping() {}

    /** Return lines of at most so many characters, longer only where a word is. */
    static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
