package io.untorn.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line that the kernel printed: only such begin with a time. */
final class KernelLine {
    /** The time, and the task or processor where CONFIG_PRINTK_CALLER is set. */
    static final String PREFIX = "\\[ *\\d+\\.\\d+\\](?:\\[ *[CT]\\d+\\])? ";

    private static final Pattern LINE = Pattern.compile(PREFIX + "(.*)");

    private KernelLine() {}

    /** Return what stands behind the time; empty if the line has none. */
    static Optional<String> text(String line) {
        Matcher matcher = LINE.matcher(line);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
