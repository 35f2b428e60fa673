package io.untorn.model.console;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines that an agent has the kernel log, to show which of the other lines came in which operation. */
public final class OperationMark {
    private static final String BEFORE = "untorn: operation ";
    private static final String END = "untorn: end of run ";
    private static final Pattern OPERATION = Pattern.compile(BEFORE + "(\\d+)");
    private static final Pattern END_OF_A_RUN = Pattern.compile(END + "\\d+");

    private OperationMark() {}

    /** Return what is logged before an operation; {@code index} is its place in the trace, from 0. */
    public static String before(int index) {
        return BEFORE + (index + 1);
    }

    /** Return what is logged when a run is over. */
    public static String end(int run) {
        return END + run;
    }

    /** Return the operation that a line of the console marks the beginning of, if it does. */
    static Optional<Integer> operation(String line) {
        return KernelLine.text(line)
                .map(OPERATION::matcher)
                .filter(Matcher::matches)
                .map(mark -> Integer.parseInt(mark.group(1)) - 1);
    }

    /** Return the operation that was begun last, if any was marked. */
    public static Optional<Integer> last(List<String> console) {
        return console.stream().flatMap(line -> operation(line).stream()).reduce((first, second) -> second);
    }

    /** Tell whether a line of the console is a mark. */
    public static boolean isMark(String line) {
        return operation(line).isPresent() || isEndOfARun(line);
    }

    /** Tell whether a line of the console is the mark of a run's end. */
    public static boolean isEnd(String line, int run) {
        return KernelLine.text(line).filter(end(run)::equals).isPresent();
    }

    /** Tell whether a line of the console is the mark of the end of any run. */
    public static boolean isEndOfARun(String line) {
        return KernelLine.text(line)
                .filter(text -> END_OF_A_RUN.matcher(text).matches())
                .isPresent();
    }
}
