package io.untorn.conformance.reproducer;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.history.Outcome;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.FillSpace;
import io.untorn.model.operation.Layout;
import io.untorn.model.operation.LimitFileSize;
import io.untorn.model.operation.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The steps of a demonstration in shell, for a script and for a test of fstests. */
final class ShellSteps {
    /** Says why the disk is filled before mkfs. */
    static final String WHY_OLD_DATA = "# stale data, so that a block that exposes it is not taken for a hole\n";

    private ShellSteps() {}

    /** Return why xfs_io can't do them; empty if it can. */
    static Optional<String> impossible(Demonstration shown) {
        if (shown.symptom() == Symptom.LIMITS) {
            return Optional.of("its statx output differs between versions");
        }
        for (ReproducerStep step : shown.steps()) {
            if (XfsIoStep.of(step.number(), step.operation()) instanceof XfsIoStep.Impossible impossible) {
                return Optional.of("step " + step.number() + ", " + step.operation() + ": " + impossible.reason());
            }
        }
        if (showsBySetting(shown)) {
            return Optional.of("its output for the last step differs between versions");
        }
        return leavesDelayedAllocation(shown)
                .map(step -> "step " + step.number() + ", " + step.operation()
                        + ": each xfs_io command closes the file, which allocates what is delayed");
    }

    /**
     * Find a step, other than the last, that leaves delayed allocation. Closing a file frees the blocks that XFS
     * preallocated past EOF (fs/xfs/xfs_file.c, xfs_file_release), and can make ext4 allocate (fs/ext4/file.c,
     * ext4_release_file), so a fault that needs them would be gone.
     */
    private static Optional<ReproducerStep> leavesDelayedAllocation(Demonstration shown) {
        return shown.steps().stream()
                .limit(Math.max(0, shown.steps().size() - 1))
                .filter(step -> shown.target().kind().isFile() && isBufferedWrite(step.operation()))
                .findFirst();
    }

    private static boolean isBufferedWrite(Operation operation) {
        return operation.writes().stream().anyMatch(write -> write.access() == Access.BUFFERED)
                || (operation instanceof Layout layout && layout.what() == Layout.Piece.WRITE);
    }

    private static boolean showsBySetting(Demonstration shown) {
        if (shown.symptom() != Symptom.ANSWER) {
            return false;
        }
        ReproducerStep last = shown.steps().get(shown.steps().size() - 1);
        return !(XfsIoStep.of(last.number(), last.operation()) instanceof XfsIoStep.Command);
    }

    /** Return the functions that the steps of a demonstration call; they call {@code give_up}, {@code print_expected} and {@code print_unexpected}. */
    static String functions(Demonstration shown) {
        StringBuilder functions = new StringBuilder(text("steps.sh"));
        if (limits(shown)) {
            functions.append('\n').append(text("limited.sh"));
        }
        if (shown.steps().stream().anyMatch(step -> step.operation() instanceof FillSpace)) {
            functions.append('\n').append(text("fill.sh"));
        }
        return functions.toString();
    }

    /** Return the function that mounts debugfs, {@code mount_debugfs}, and the variable for its mount point. */
    static String mountingOfDebugfs() {
        return text("debugfs.sh");
    }

    /** Return the functions that look at the kernel's log: {@code mark_log} and {@code read_log}. */
    static String listening() {
        return text("complaints.sh");
    }

    /**
     * Return the prefix of a program that may hang in the kernel: it is killed after a minute, and not waited for if that
     * does not end it.
     */
    static String patience(Demonstration shown) {
        return shown.symptom() == Symptom.CRASH ? "timeout -s KILL 60 " : "";
    }

    /** Return the options of pwrite that the steps need and an older xfs_io lacks. */
    static Set<String> youngOptions(Demonstration shown) {
        return shown.steps().stream()
                .flatMap(step -> XfsIoStep.youngOptions(step.operation()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Tell whether the steps limit how far a file may grow. */
    static boolean limits(Demonstration shown) {
        return shown.steps().stream().anyMatch(step -> step.operation() instanceof LimitFileSize);
    }

    private static String text(String resource) {
        try (InputStream in = ShellSteps.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How the steps are put into a script.
     *
     * @param looks where the output of commands that only look goes, {@code >>log} for example; empty for the script's own output
     * @param shows what follows a step whose result shows the fault
     * @param differs what follows an earlier step that did not go as expected
     */
    record Style(String looks, String shows, String differs) {}

    /** Return the steps, each with a comment. */
    static String of(Demonstration shown, Style style) {
        return shown.steps().stream().map(step -> step(step, shown, style)).collect(Collectors.joining("\n"));
    }

    private static String step(ReproducerStep step, Demonstration shown, Style style) {
        XfsIoStep command = XfsIoStep.of(step.number(), step.operation());
        String comment = "# " + step.number() + ". " + step.operation() + "\n";
        if (command instanceof XfsIoStep.Setting setting) {
            return comment + setting.line() + "\n";
        }
        if (command instanceof XfsIoStep.Look look) {
            return comment + look.line() + style.looks() + "\n";
        }
        boolean shows = shown.symptom() == Symptom.ANSWER
                && step.number() == shown.steps().size();
        return comment
                + "got=$(outcome " + (limits(shown) ? "limited " : "") + patience(shown)
                + ((XfsIoStep.Command) command).line() + ")\n"
                + "check " + step.number() + " " + quoted(step.operation().toString()) + " \\\n    "
                + quoted(ReproducerStep.inSteps(step.expected().words())) + " \\\n    \"$got\" "
                + permitted(step.expected().test()).stream()
                        .map(ShellSteps::quoted)
                        .collect(Collectors.joining(" "))
                + (shows ? style.shows() : style.differs()) + "\n";
    }

    private static List<String> permitted(Expected.Test test) {
        if (test instanceof Expected.OneOf one) {
            List<String> permitted = new ArrayList<>();
            one.outcomes().forEach(outcome -> permitted.add(word(outcome)));
            if (one.anyError()) {
                permitted.add("error");
            }
            return permitted;
        }
        return List.of(test instanceof Expected.AnythingBut but ? "not:" + word(but.seen()) : "anything");
    }

    private static String word(Outcome outcome) {
        if (outcome instanceof Outcome.Returned returned) {
            return Long.toString(returned.value());
        }
        if (outcome instanceof Outcome.Failed failed) {
            return failed.errno().toString();
        }
        if (outcome instanceof Outcome.Laid laid) {
            return word(laid.last());
        }
        if (outcome instanceof Outcome.Each each) {
            return word(each.foremost());
        }
        return outcome instanceof Outcome.ReadBack read ? runs(read.contents()) : "anything";
    }

    private static String runs(Contents contents) {
        if (contents.length() == 0) {
            return "0";
        }
        List<String> words = new ArrayList<>();
        int last = -1;
        long count = 0;
        for (Contents.Run run : contents.runs()) {
            int step = run.origin() instanceof Origin.Written written ? written.operation() + 1 : 0;
            if (step != last && count > 0) {
                words.add(last + "*" + count);
                count = 0;
            }
            last = step;
            count += run.length();
        }
        words.add(String.format(Locale.ROOT, "%d*%d", last, count));
        return String.join(" ", words);
    }

    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
