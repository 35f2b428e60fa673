package io.untorn.conformance.reproducer;

import io.untorn.model.operation.Batch;
import io.untorn.model.operation.FillSpace;
import io.untorn.model.operation.MapLoad;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.TwinLoad;
import io.untorn.model.target.Limits;
import io.untorn.model.target.Target;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * Writes {@code reproducer.c}: a program that needs only libc, takes a path, and shows a fault.
 *
 * <p>It exits with 1 if the fault shows, with 0 if it does not, with 2 if it could not be tried.
 */
public final class CProgram {
    /** How to compile it; {@code -O2} may be added. */
    public static final List<String> COMPILER = List.of("gcc", "-static", "-Wall", "-Werror");

    private static final int PAGE = 4096;
    private static final List<String> HEADERS =
            List.of("<errno.h>", "<fcntl.h>", "<stdio.h>", "<sys/stat.h>", "<sys/uio.h>", "<unistd.h>");
    /** The flags that the headers of an older libc lack. */
    private static final List<RwFlag> YOUNG =
            List.of(RwFlag.NOAPPEND, RwFlag.ATOMIC, RwFlag.DONTCACHE, RwFlag.NOSIGNAL);

    /** Why a WARN_ON_ONCE may stay silent, and what to do. */
    static final String WARNED = "the kernel warned before this run, and WARN_ON_ONCE may now be silent: "
            + "mount debugfs on /sys/kernel/debug, or reboot";

    private static final String UNEXPECTED = "an earlier step did not go as expected";

    private final Demonstration shown;
    private final Set<CHelper> helpers = EnumSet.of(CHelper.TARGET);
    private final StringBuilder body = new StringBuilder();

    private CProgram(Demonstration shown) {
        this.shown = shown;
    }

    /** Return the program that demonstrates a fault. */
    public static String of(Demonstration shown) {
        CProgram program = new CProgram(shown);
        program.writeMain();
        return program.text();
    }

    private String text() {
        Set<CHelper> all = CHelper.closure(helpers);
        Set<String> headers = new TreeSet<>(HEADERS);
        all.forEach(helper -> headers.addAll(helper.headers()));
        StringBuilder text = new StringBuilder();
        text.append("// SPDX-License-Identifier: GPL-2.0 OR Apache-2.0\n").append(comment());
        text.append("#ifndef _GNU_SOURCE\n#define _GNU_SOURCE\n#endif\n");
        headers.forEach(header -> text.append("#include ").append(header).append('\n'));
        text.append('\n').append(flags()).append(numbers(all));
        all.forEach(helper -> text.append(helper.code()).append("\n\n"));
        return text.append(body).toString();
    }

    private String comment() {
        Target target = shown.history().trace().target();
        List<String> lines = new ArrayList<>();
        lines.add(shown.subject());
        lines.add("");
        lines.add("Rule      " + shown.violation().rule().sentence());
        shown.violation().rule().source().places().forEach(place -> lines.add("Source    " + place));
        lines.add("Expected  " + shown.words().expected());
        lines.add("Actual    " + shown.words().actual());
        lines.add("Seen on   " + shown.history().environment().release());
        lines.add("");
        lines.add("Build     " + String.join(" ", COMPILER) + " -O2 -o reproducer reproducer.c");
        if (target.kind().isFile()) {
            lines.add("Run       ./reproducer FILE");
            lines.add("          FILE must not exist yet. Seen on " + TargetWords.about(target)
                    + "; the disk, the file system and the mount are yours, reproducer.sh makes them.");
        } else {
            lines.add("Run       ./reproducer DEVICE");
            lines.add("          DEVICE is a block device; WHAT IS ON IT IS LOST. Seen on " + TargetWords.about(target)
                    + "; reproducer.sh makes one.");
        }
        if (target.kind().isFile() && shown.steps().stream().anyMatch(step -> step.operation() instanceof FillSpace)) {
            lines.add("          It takes all free space of FILE's file system, until it ends.");
        }
        lines.add("Exit      1 the fault shows, 0 it does not, 2 it could not be tried");
        StringBuilder comment = new StringBuilder("/*\n");
        for (String line : lines) {
            comment.append(Comment.of(" * ", line.replace("*/", "* /")));
        }
        return comment.append(" */\n").toString();
    }

    private String flags() {
        StringBuilder text = new StringBuilder();
        for (RwFlag flag : YOUNG) {
            if (shown.steps().stream().anyMatch(step -> has(step.operation(), flag))) {
                text.append(String.format(
                        Locale.ROOT,
                        "#ifndef RWF_%1$s\n#define RWF_%1$s 0x%2$x /* since %3$s */\n#endif\n",
                        flag,
                        flag.bit(),
                        flag.since()));
            }
        }
        return text.isEmpty() ? "" : text.append('\n').toString();
    }

    private static boolean has(Operation operation, RwFlag flag) {
        return operation.writes().stream().anyMatch(write -> write.flags().has(flag))
                || (operation instanceof Read read && read.flags().has(flag));
    }

    private String numbers(Set<CHelper> all) {
        StringBuilder text = new StringBuilder();
        if (all.contains(CHelper.MEMORY)) {
            text.append("#define MEMORY ").append(pages(CStep::memory)).append('\n');
        }
        if (all.contains(CHelper.STORE)) {
            text.append("#define STORES ").append(pages(CStep::stores)).append('\n');
        }
        if (all.contains(CHelper.PRINT_DATA)) {
            text.append("#define STEPS ").append(shown.steps().size()).append('\n');
        }
        return text.isEmpty() ? "" : text.append('\n').toString();
    }

    /** Return the size, in bytes, of the whole pages that every step fits in. */
    private int pages(ToIntFunction<Operation> need) {
        int bytes = shown.steps().stream()
                .mapToInt(step -> need.applyAsInt(step.operation()))
                .max()
                .orElse(0);
        return Math.max(1, (bytes + PAGE - 1) / PAGE) * PAGE;
    }

    private void writeMain() {
        StringBuilder steps = new StringBuilder();
        StepContext on = StepContext.of(shown.history().trace().target().kind());
        for (ReproducerStep step : shown.steps()) {
            steps.append(step(step, on));
            on = on.after(step);
        }
        String start = start();
        boolean writes = shown.steps().stream()
                .anyMatch(step -> step.operation().asWrite().isPresent());
        body.append("int main(int argc, char **argv)\n{\n");
        body.append(writes ? "\tunsigned char *data;\n" : "");
        body.append(shown.steps().isEmpty() ? "" : "\tlong result;\n");
        body.append(shown.symptom() == Symptom.CRASH ? "" : "\tint shown = 0;\n");
        body.append(mayDiffer() ? "\tint unexpected = 0;\n" : "");
        body.append('\n').append(start).append('\n').append(steps).append(end()).append("}\n");
    }

    private String start() {
        StringBuilder text = new StringBuilder();
        text.append("\tif (argc != 2) {\n\t\tfprintf(stderr, \"usage: %s ")
                .append(shown.history().trace().target().kind().isFile() ? "FILE" : "DEVICE")
                .append("\\n\", argv[0]);\n\t\treturn 2;\n\t}\n\tpath = argv[1];\n");
        if (shown.symptom() == Symptom.COMPLAINT) {
            helpers.add(CHelper.KMSG);
            text.append("\topen_log();\n");
        }
        if (CHelper.closure(helpers).contains(CHelper.MEMORY)) {
            text.append("\tget_memory();\n");
        }
        if (CHelper.closure(helpers).contains(CHelper.STORE)) {
            text.append("\tget_stores();\n");
        }
        if (helpers.contains(CHelper.PINNED_PAGES)) {
            text.append("\tnote_pinned_pages();\n");
        }
        if (helpers.contains(CHelper.SPACE_IN_USE)) {
            text.append("\tnote_space();\n");
        }
        text.append("\topen_target();\n");
        if (CHelper.closure(helpers).contains(CHelper.TWIN)) {
            text.append("\topen_twin(O_CREAT | O_EXCL);\n");
        }
        if (shown.symptom() != Symptom.LIMITS && shown.needsAtomicWrites() && usesAtomicWrites(shown)) {
            helpers.add(CHelper.NEED_ATOMIC_WRITES);
            Limits limits = shown.history().environment().limits();
            text.append(String.format("\tneed_atomic_writes(%d, %d);\n", limits.unitMin(), limits.unitMax()));
        }
        if (!shown.history().trace().target().kind().isFile() && looks()) {
            helpers.add(CHelper.ZERO);
            shown.history()
                    .trace()
                    .footprint()
                    .forEach((from, to) -> text.append(String.format("\tzero(%d, %d);\n", from, to)));
        }
        return text.toString();
    }

    /** Tell whether any write of a demonstration is atomic. */
    static boolean usesAtomicWrites(Demonstration shown) {
        return shown.steps().stream().anyMatch(step -> has(step.operation(), RwFlag.ATOMIC));
    }

    private boolean looks() {
        return shown.steps().stream()
                .anyMatch(step -> lookedAt(step.operation()).isPresent());
    }

    /** Return from where on an operation brings bytes into memory, if it does. */
    private static OptionalLong lookedAt(Operation operation) {
        if (operation instanceof TwinLoad twin) {
            return lookedAt(twin.load());
        }
        if (operation instanceof MapLoad load) {
            return OptionalLong.of(load.offset());
        }
        return operation instanceof Read read ? OptionalLong.of(read.offset()) : OptionalLong.empty();
    }

    private String step(ReproducerStep step, StepContext on) {
        Operation operation = step.operation();
        CStep code = CStep.of(step.number(), operation, on);
        CCondition condition = CCondition.of(step.expected());
        helpers.addAll(code.helpers());
        helpers.addAll(condition.helpers());
        StringBuilder text = new StringBuilder();
        text.append("\t/* ")
                .append(step.number())
                .append(". ")
                .append(operation)
                .append(" */\n");
        code.lines().forEach(line -> text.append('\t').append(line).append('\n'));
        String check = String.format(
                "check(%1$d, %2$s,\n\t%4$s      %3$s,\n\t%4$s      result, %5$s)",
                step.number(),
                quoted(operation.toString()),
                quoted(step.expected().words()),
                shows(step) || mayDiffer(step) ? "      " : "",
                condition.text());
        if (shows(step) || mayDiffer(step)) {
            text.append("\tif (!").append(check).append(")\n\t\t").append(shows(step) ? "shown" : "unexpected");
            text.append(" = 1;\n");
        } else {
            text.append('\t').append(check).append(";\n");
        }
        lookedAt(operation).ifPresent(offset -> {
            helpers.add(CHelper.PRINT_DATA);
            text.append("\tprint_data(memory, ").append(offset).append(", result);\n");
        });
        if (operation instanceof Batch batch) {
            text.append("\tprint_results(").append(batch.requests().size()).append(");\n");
        }
        if (operation instanceof Statx || operation instanceof Remount) {
            helpers.add(CHelper.PRINT_LIMITS);
            text.append("\tprint_limits();\n");
        }
        return text.append('\n').toString();
    }

    /** Tell whether the result of a step shows the fault. */
    private boolean shows(ReproducerStep step) {
        return shown.symptom() == Symptom.ANSWER
                && step.number() == shown.steps().size();
    }

    private String end() {
        return switch (shown.symptom()) {
            case CRASH ->
                (mayDiffer() ? giveUp("unexpected", UNEXPECTED) : "")
                        + "\tprintf(\"the kernel is still there: the fault does not show\\n\");\n\treturn 0;\n";
            case COMPLAINT ->
                "\tshown = complaints(\"" + shown.complainer() + "\") > 0;\n"
                        + giveUp(
                                "!shown && others",
                                "the kernel complained, but in another function than this was seen in")
                        + giveUp("!shown && warned", WARNED)
                        + verdict();
            case LIMITS -> limits() + verdict();
            case ANSWER -> verdict();
        };
    }

    /** Tell whether an earlier step may go otherwise than expected, so that the fault is not reached. */
    private boolean mayDiffer(ReproducerStep step) {
        return !shows(step) && !(step.expected().test() instanceof Expected.Anything);
    }

    private boolean mayDiffer() {
        return shown.steps().stream().anyMatch(this::mayDiffer);
    }

    private String verdict() {
        return (mayDiffer() ? giveUp("!shown && unexpected", UNEXPECTED) : "")
                + "\tprintf(\"the fault %s\\n\", shown ? \"shows\" : \"does not show\");\n\treturn shown;\n";
    }

    /** If the steps did not lead to it, a fault that does not show may still be there. */
    private static String giveUp(String condition, String reason) {
        return "\tif (" + condition + ") {\n\t\tprintf(\"can't try it: " + reason + "\\n\");\n\t\treturn 2;\n\t}\n";
    }

    private String limits() {
        helpers.add(CHelper.STATX_IS);
        helpers.add(CHelper.PRINT_LIMITS);
        Limits limits = shown.history().environment().limits();
        return String.format(
                """
                \tif (get_statx() < 0)
                \t\tgive_up("statx");
                \tprintf("expected: %%s\\n  got:\\n", %s);
                \tprint_limits();
                \tshown = statx_is(stx.stx_size, %d, %d, %d, %d, %d);
                """,
                quoted(shown.words().expected()),
                limits.unitMin(),
                limits.unitMax(),
                limits.unitMaxOptimal(),
                limits.segmentsMax(),
                limits.attribute() ? 1 : 0);
    }

    private static String quoted(String text) {
        return '"' + ReproducerStep.inSteps(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }
}
