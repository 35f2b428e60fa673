package io.untorn.conformance.reproducer;

import io.untorn.model.operation.FillSpace;
import io.untorn.model.operation.MapLoad;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Write;
import io.untorn.model.target.Limits;
import io.untorn.model.target.Target;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * Writes {@code reproducer.c}: a program that needs libc alone, takes a path, and shows a fault.
 *
 * <p>It exits with 1 where the fault shows, with 0 where it does not, with 2 where it could not be tried.
 */
public final class CProgram {
    /** How to compile it; {@code -O2} may be added. */
    public static final List<String> COMPILER = List.of("gcc", "-static", "-Wall", "-Werror");

    private static final int PAGE = 4096;
    private static final List<String> HEADERS =
            List.of("<errno.h>", "<fcntl.h>", "<stdio.h>", "<sys/stat.h>", "<sys/uio.h>", "<unistd.h>");
    /** By the flag, since when the headers of libc have it. */
    private static final List<RwFlag> YOUNG =
            List.of(RwFlag.NOAPPEND, RwFlag.ATOMIC, RwFlag.DONTCACHE, RwFlag.NOSIGNAL);

    /** Why a warning that comes once in a boot may not be heard, and what to do. */
    static final String WARNED = "the kernel warned before, and may not say it again in this boot: "
            + "mount debugfs on /sys/kernel/debug, or boot anew";

    private static final String STRAYED = "a step on the way was not answered as expected";

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
        return operation instanceof Write write
                ? write.flags().has(flag)
                : operation instanceof Read read && read.flags().has(flag);
    }

    private String numbers(Set<CHelper> all) {
        StringBuilder text = new StringBuilder();
        if (all.contains(CHelper.MEMORY)) {
            text.append("#define MEMORY ").append(pages(CStep::memory)).append('\n');
        }
        if (all.contains(CHelper.STORE)) {
            text.append("#define STORES ").append(pages(CStep::stores)).append('\n');
        }
        if (all.contains(CHelper.TELL_DATA)) {
            text.append("#define STEPS ").append(shown.steps().size()).append('\n');
        }
        return text.isEmpty() ? "" : text.append('\n').toString();
    }

    /** Return the bytes of the pages, one or more, that are enough for every step. */
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
        boolean writes = shown.steps().stream().anyMatch(step -> step.operation() instanceof Write);
        body.append("int main(int argc, char **argv)\n{\n");
        body.append(writes ? "\tunsigned char *data;\n" : "");
        body.append(shown.steps().isEmpty() ? "" : "\tlong result;\n");
        body.append(shown.symptom() == Symptom.CRASH ? "" : "\tint shown = 0;\n");
        body.append(mayStray() ? "\tint strayed = 0;\n" : "");
        body.append('\n').append(start).append('\n').append(steps).append(end()).append("}\n");
    }

    private String start() {
        StringBuilder text = new StringBuilder();
        text.append("\tif (argc != 2) {\n\t\tfprintf(stderr, \"usage: %s ")
                .append(shown.history().trace().target().kind().isFile() ? "FILE" : "DEVICE")
                .append("\\n\", argv[0]);\n\t\treturn 2;\n\t}\n\tpath = argv[1];\n");
        if (shown.symptom() == Symptom.COMPLAINT) {
            helpers.add(CHelper.KMSG);
            text.append("\tlisten_to_kernel();\n");
        }
        if (CHelper.closure(helpers).contains(CHelper.MEMORY)) {
            text.append("\tget_memory();\n");
        }
        if (helpers.contains(CHelper.STORE)) {
            text.append("\tget_stores();\n");
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
                .anyMatch(step -> step.operation() instanceof Read || step.operation() instanceof MapLoad);
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
        String tell = String.format(
                "tell(%1$d, %2$s,\n\t%4$s     %3$s,\n\t%4$s     result, %5$s)",
                step.number(),
                quoted(operation.toString()),
                quoted(step.expected().words()),
                shows(step) || mayStray(step) ? "      " : "",
                condition.text());
        if (shows(step) || mayStray(step)) {
            text.append("\tif (!").append(tell).append(")\n\t\t").append(shows(step) ? "shown" : "strayed");
            text.append(" = 1;\n");
        } else {
            text.append('\t').append(tell).append(";\n");
        }
        if (operation instanceof Read || operation instanceof MapLoad) {
            helpers.add(CHelper.TELL_DATA);
            text.append("\ttell_data(memory, ")
                    .append(operation instanceof Read read ? read.offset() : ((MapLoad) operation).offset())
                    .append(", result);\n");
        }
        if (operation instanceof Statx || operation instanceof Remount) {
            helpers.add(CHelper.TELL_LIMITS);
            text.append("\ttell_limits();\n");
        }
        return text.append('\n').toString();
    }

    /** Tell whether the answer to a step is the fault. */
    private boolean shows(ReproducerStep step) {
        return shown.symptom() == Symptom.ANSWER
                && step.number() == shown.steps().size();
    }

    private String end() {
        return switch (shown.symptom()) {
            case CRASH ->
                (mayStray() ? giveUp("strayed", STRAYED) : "")
                        + "\tprintf(\"the kernel is still there: the fault does not show\\n\");\n\treturn 0;\n";
            case COMPLAINT ->
                "\tshown = complaints(\"" + shown.complainer() + "\") > 0;\n"
                        + giveUp("!shown && others", "the kernel complained, but not where this was seen")
                        + giveUp("!shown && warned", WARNED)
                        + verdict();
            case LIMITS -> limits() + verdict();
            case ANSWER -> verdict();
        };
    }

    /** Tell whether a step on the way may be answered so that the way is left. */
    private boolean mayStray(ReproducerStep step) {
        return !shows(step) && !(step.expected().test() instanceof Expected.Anything);
    }

    private boolean mayStray() {
        return shown.steps().stream().anyMatch(this::mayStray);
    }

    private String verdict() {
        return (mayStray() ? giveUp("!shown && strayed", STRAYED) : "")
                + "\tprintf(\"the fault %s\\n\", shown ? \"shows\" : \"does not show\");\n\treturn shown;\n";
    }

    /** A fault that does not show may still be there where the way to it was not gone. */
    private static String giveUp(String condition, String reason) {
        return "\tif (" + condition + ") {\n\t\tprintf(\"can't try it: " + reason + "\\n\");\n\t\treturn 2;\n\t}\n";
    }

    private String limits() {
        helpers.add(CHelper.TOLD_IS);
        helpers.add(CHelper.TELL_LIMITS);
        Limits limits = shown.history().environment().limits();
        return String.format(
                """
                \tif (ask() < 0)
                \t\tgive_up("statx");
                \tprintf("expected: %%s\\n  got:\\n", %s);
                \ttell_limits();
                \tshown = told_is(told.stx_size, %d, %d, %d, %d, %d);
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
