package io.untorn.conformance.reproducer;

import io.untorn.model.Contents;
import io.untorn.model.FillSpace;
import io.untorn.model.Origin;
import io.untorn.model.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The steps of a demonstration in shell, for a script and for a test of fstests. */
final class ShellSteps {
    private ShellSteps() {}

    /** Return why xfs_io can't do them; empty if it can. */
    static Optional<String> impossible(Demonstration shown) {
        if (shown.symptom() == Symptom.LIMITS) {
            return Optional.of("what it prints of statx differs from version to version");
        }
        for (Act act : shown.acts()) {
            if (XfsIoStep.of(act.number(), act.operation()) instanceof XfsIoStep.Impossible impossible) {
                return Optional.of("step " + act.number() + ", " + act.operation() + ": " + impossible.reason());
            }
        }
        return showsBySetting(shown)
                ? Optional.of("what it prints of the last step differs from version to version")
                : Optional.empty();
    }

    private static boolean showsBySetting(Demonstration shown) {
        if (shown.symptom() != Symptom.ANSWER) {
            return false;
        }
        Act last = shown.acts().get(shown.acts().size() - 1);
        return XfsIoStep.of(last.number(), last.operation()) instanceof XfsIoStep.Setting;
    }

    /** Return the functions that the steps of a demonstration call. */
    static String functions(Demonstration shown) {
        boolean fills = shown.acts().stream().anyMatch(act -> act.operation() instanceof FillSpace);
        return text("steps.sh") + (fills ? "\n" + text("fill.sh") : "");
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
     * Return the steps, each with a comment; the last sets {@code shown=1} where an answer shows the fault.
     *
     * @param looks where goes what only looks, as in {@code >>log}; empty for where the script prints
     */
    static String of(Demonstration shown, String looks) {
        return shown.acts().stream().map(act -> step(act, shown, looks)).collect(Collectors.joining("\n"));
    }

    private static String step(Act act, Demonstration shown, String looks) {
        XfsIoStep step = XfsIoStep.of(act.number(), act.operation());
        String comment = "# " + act.number() + ". " + act.operation() + "\n";
        if (step instanceof XfsIoStep.Setting setting) {
            return comment + setting.line() + looks + "\n";
        }
        boolean shows = shown.symptom() == Symptom.ANSWER
                && act.number() == shown.acts().size();
        return comment
                + "got=$(" + ((XfsIoStep.Command) step).line() + " 2>&1 | outcome)\n"
                + "tell " + act.number() + " " + quoted(act.operation().toString()) + " \\\n    "
                + quoted(act.expected().words().replace("of operation ", "of step ")) + " \\\n    \"$got\" "
                + permitted(act.expected().test()).stream()
                        .map(ShellSteps::quoted)
                        .collect(Collectors.joining(" "))
                + (shows ? " || shown=1" : " || :") + "\n";
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
