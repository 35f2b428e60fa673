package io.untorn.model.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A complaint of the kernel on its console.
 *
 * @param kind what kind of complaint
 * @param headline its first line of text, without the time
 * @param lines all of it, with the ruler before it
 * @param operation the place of the operation that was running, from 0; empty if no mark stands before it
 */
public record Splat(SplatKind kind, String headline, List<String> lines, Optional<Integer> operation) {
    /** The most lines of a report without an end, as of a machine that stopped while it printed. */
    private static final int MAX_LINES = 250;

    /** How many functions identify a splat: those further out differ with the system call. */
    private static final int FUNCTIONS = 4;

    private static final Pattern CUT_HERE = Pattern.compile("-+\\[ cut here \\]-+");
    private static final Pattern RULER = Pattern.compile("={20,}");
    private static final Pattern INSTRUCTION = Pattern.compile("RIP: 0010:([\\w.]+)\\+0x.*");
    private static final Pattern FRAME = Pattern.compile(" +([\\w.]+)\\+0x[0-9a-f]+/0x[0-9a-f]+(?: \\[\\w+\\])?");
    private static final Pattern VARIANT = Pattern.compile("\\.(cold|isra|constprop|part|llvm)\\b.*");

    /** Functions that report a splat, or wait, for others. */
    private static final Pattern HELPER = Pattern.compile(
            "_*(dump_stack\\w*|show_stack|warn|warn_printk|report_bug|handle_bug|exc_\\w+|asm_\\w+|die|die_body|oops_\\w+"
                    + "|panic|vpanic|schedule\\w*|io_schedule\\w*|print_\\w+|kasan_\\w+|kcsan_\\w+|ubsan_\\w+|rwsem_down_\\w+"
                    + "|percpu_rwsem_wait|percpu_down_read|mutex_lock\\w*|wait_on_\\w+|folio_wait_bit\\w*|wait_for_\\w+"
                    + "|context_switch|preempt_schedule\\w*|raw_spin_\\w+)");

    /** Functions by which a call enters the kernel: a splat is the same, whichever way in the call took. */
    private static final Pattern ENTRY = Pattern.compile(
            "do_iter_\\w+|vfs_\\w+|aio_\\w+|io_(write|read|issue_sqe|submit_sqes|wq_\\w+)|__io_\\w+|_*do_sys_\\w+|do_p?(readv|writev)\\w*"
                    + "|_*x64_sys_\\w+|_*se_sys_\\w+|ksys_\\w+|do_syscall_64|x64_sys_call|entry_SYSCALL_\\w+|ret_from_fork\\w*|kthread");

    /** How a headline names its place: {@code ext4_iomap_begin+0x1f/0x2b0}, after a file and line or not. */
    private static final Pattern NAMED =
            Pattern.compile("(?:(\\S+\\.[ch]):\\d+ (?:at )?)?\\b([A-Za-z_][\\w.]*)\\+0x[0-9a-f]+/0x");

    /**
     * The place that the headline names.
     *
     * @param file the file in the kernel's source; empty where it names none
     * @param function the function, as the compiler named it
     */
    public record Place(Optional<String> file, String function) {
        /** Return the function, as the source names it. */
        public String sourceFunction() {
            return plain(function);
        }
    }

    public Splat {
        lines = List.copyOf(lines);
    }

    /** Return the place that the headline names, if it names one. */
    public Optional<Place> place() {
        Matcher named = NAMED.matcher(headline);
        return named.find()
                ? Optional.of(new Place(Optional.ofNullable(named.group(1)), named.group(2)))
                : Optional.empty();
    }

    /** Return all splats of a console, in order. */
    public static List<Splat> in(List<String> console) {
        List<Splat> splats = new ArrayList<>();
        Optional<Integer> operation = Optional.empty();
        List<String> before = List.of();
        @Nullable Open open = null;
        for (String line : console) {
            Optional<Integer> mark = OperationMark.operation(line);
            if (mark.isPresent()) {
                operation = mark;
            }
            Optional<String> text = KernelLine.text(line);
            if (text.isEmpty() || OperationMark.isMark(line)) {
                continue;
            }
            boolean cut = CUT_HERE.matcher(text.get()).matches();
            Optional<SplatKind> kind = kind(text.get());
            if (open != null && open.endsBefore(cut, kind)) {
                splats.add(open.close());
                open = null;
            }
            if (open != null) {
                open.add(line, text.get());
                continue;
            }
            if (kind.isPresent()) {
                open = new Open(kind.get(), text.get(), operation, before);
                open.add(line, text.get());
            }
            before = cut || RULER.matcher(text.get()).matches() ? List.of(line) : List.of();
        }
        if (open != null) {
            splats.add(open.close());
        }
        return splats;
    }

    /** Tell whether a line of the console begins a splat, or could within one. */
    public static boolean isStart(String line) {
        return KernelLine.text(line).flatMap(Splat::kind).isPresent();
    }

    /** Return the headlines of the splats of a console, of those that are complaints whatever the operations returned. */
    public static List<String> starts(List<String> console) {
        return standingAlone(console).map(Splat::headline).toList();
    }

    private static Stream<Splat> standingAlone(List<String> console) {
        return in(console).stream().filter(splat -> splat.kind().standsAlone());
    }

    /**
     * Return the highest severity of the splats of a console, of those that are complaints whatever the operations returned;
     * empty if there are none.
     */
    public static Optional<Severity> worst(List<String> console) {
        return standingAlone(console).map(splat -> splat.kind().severity()).max(Comparator.naturalOrder());
    }

    /** Return what the kernel printed outside splats and marks, without the time. */
    static List<String> outside(List<String> console) {
        Map<String, Integer> within = new HashMap<>();
        in(console).forEach(splat -> splat.lines().forEach(line -> within.merge(line, 1, Integer::sum)));
        return console.stream()
                .filter(line -> within.merge(line, -1, Integer::sum) < 0)
                .filter(line -> !OperationMark.isMark(line))
                .flatMap(line -> KernelLine.text(line).stream())
                .toList();
    }

    private static Optional<SplatKind> kind(String text) {
        return SplatKinds.ALL_KINDS.stream().filter(kind -> kind.begins(text)).findFirst();
    }

    /** A splat that may go on. */
    private static final class Open {
        private final SplatKind kind;
        private final String headline;
        private final Optional<Integer> operation;
        private final List<String> lines;
        private boolean over;

        Open(SplatKind kind, String headline, Optional<Integer> operation, List<String> before) {
            this.kind = kind;
            this.headline = headline;
            this.operation = operation;
            this.lines = new ArrayList<>(before);
        }

        void add(String line, String text) {
            lines.add(line);
            over = lines.size() >= MAX_LINES || kind.end().matcher(text).find();
        }

        /** Tell whether a line is no part of it, but of what follows. */
        boolean endsBefore(boolean cut, Optional<SplatKind> begun) {
            boolean another = begun.filter(other -> !kind.nestedKinds().contains(other.name()))
                    .isPresent();
            return over || another || (cut && lines.size() > 1);
        }

        Splat close() {
            return new Splat(kind, headline, lines, operation);
        }
    }

    /**
     * Return the functions in which it came about, the innermost first, at most {@value #FUNCTIONS}: without those that
     * only report or wait, without the way into the kernel, and without what the compiler made of their names.
     */
    public List<String> functions() {
        List<String> all = functions(lines).toList();
        int inner = (int) all.stream()
                .takeWhile(function -> !ENTRY.matcher(function).matches())
                .count();
        return all.subList(0, Math.min(all.size(), Math.min(FUNCTIONS, Math.max(1, inner))));
    }

    private static Stream<String> functions(List<String> lines) {
        List<String> functions = new ArrayList<>();
        boolean interrupted = false;
        for (String line : lines) {
            String text = KernelLine.text(line).orElse("");
            interrupted = (interrupted || text.contains("<IRQ>")) && !text.contains("</IRQ>");
            Matcher instruction = INSTRUCTION.matcher(text);
            Matcher frame = FRAME.matcher(text);
            if (instruction.matches() && functions.isEmpty()) {
                functions.add(plain(instruction.group(1)));
            } else if (frame.matches() && !interrupted) {
                functions.add(plain(frame.group(1)));
            }
        }
        return functions.stream()
                .filter(function -> !HELPER.matcher(function).matches())
                .distinct();
    }

    private static String plain(String function) {
        return VARIANT.matcher(function).replaceFirst("");
    }

    /** Return the function of the kernel in which the first splat that names one came about. */
    public static Optional<String> function(List<String> console) {
        return in(console).stream()
                .flatMap(splat -> functions(splat.lines()).limit(1))
                .findFirst()
                .or(() -> functions(console).findFirst());
    }

    /** Return those of the functions that the headline does not name. */
    public List<String> functionsBesideHeadline() {
        return functions().stream()
                .filter(function -> !headline.contains(function))
                .toList();
    }

    /** Return the headline, and the functions that it does not name. */
    @Override
    public String toString() {
        List<String> functions = functionsBesideHeadline();
        return functions.isEmpty() ? headline : headline + ", in " + String.join(" < ", functions);
    }
}
