package io.untorn.model;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines that an agent has the kernel log, to tell what of the rest came when. */
public final class OperationMark {
    private static final Pattern OPERATION = Pattern.compile(KernelLine.PREFIX + "untorn: operation (\\d+)$");
    private static final Pattern MARK =
            Pattern.compile(KernelLine.PREFIX + "untorn: (operation \\d+|end of run \\d+)$");

    private OperationMark() {}

    /** Return what is logged before an operation; {@code index} is its place in the trace, from 0. */
    public static String before(int index) {
        return "untorn: operation " + (index + 1);
    }

    /** Return what is logged when a run is over. */
    public static String end(int run) {
        return "untorn: end of run " + run;
    }

    /** Return the operation that a line of the console marks the beginning of, if it does. */
    static Optional<Integer> operation(String line) {
        Matcher mark = OPERATION.matcher(line);
        return mark.matches() ? Optional.of(Integer.parseInt(mark.group(1)) - 1) : Optional.empty();
    }

    /** Return the operation that was begun last, if any was marked. */
    static Optional<Integer> last(List<String> console) {
        return console.stream().flatMap(line -> operation(line).stream()).reduce((first, second) -> second);
    }

    /** Tell whether a line of the console is a mark. */
    public static boolean isMark(String line) {
        return MARK.matcher(line).matches();
    }

    /** Tell whether a line of the console is the mark of a run's end. */
    public static boolean isEnd(String line, int run) {
        return isMark(line) && line.endsWith(end(run));
    }

    /** Tell whether a line of the console is the mark of the end of any run. */
    public static boolean isEndOfARun(String line) {
        return isMark(line) && OperationMark.operation(line).isEmpty();
    }
}
