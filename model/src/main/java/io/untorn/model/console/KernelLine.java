package io.untorn.model.console;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line that the kernel printed: only such begin with a time. */
final class KernelLine {
    /**
     * The time, and the task or processor where CONFIG_PRINTK_CALLER is set. What a process wrote to the same console may
     * stand before it, if that did not end its line.
     */
    private static final Pattern LINE =
            Pattern.compile("(?:\\[ *\\d+\\.\\d+\\]|.*?\\[ *\\d+\\.\\d{6}\\])(?:\\[ *[CT]\\d+\\])? (.*)");

    private KernelLine() {}

    /** Return what stands after the time; empty if the line has none. */
    static Optional<String> text(String line) {
        Matcher matcher = LINE.matcher(line);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
