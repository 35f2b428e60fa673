package io.untorn.model.console;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Lines of a console that are no complaint the kit knows, and not expected either. No rule forbids them; somebody should look
 * at each once.
 */
public final class NewLines {
    /** Registers, stacks and other lines that only continue the line before them. */
    private static final Pattern CONTINUED =
            Pattern.compile("\\s|<|-+\\[|=+$|(CPU|RIP|RSP|R[A-Z]X|R[SD]I|RBP|R\\d\\d|FS|CS|CR\\d|DR\\d|PKRU"
                    + "|Code|Call Trace|Modules linked in|Hardware name|Tainted|Workqueue|Kernel Offset): ?");

    private static final Pattern DEVICE =
            Pattern.compile("\\b([svh]d[a-z]+\\d*|nvme\\d+(n\\d+)?|md\\d+|dm-\\d+|loop\\d+)\\b");
    private static final Pattern UUID = Pattern.compile("\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b");
    private static final Pattern NUMBER = Pattern.compile("\\b(0x[0-9a-f]+|[0-9a-f]{16})\\b|\\d+");

    private NewLines() {}

    /** Return them, sorted, each once: devices, identifiers and numbers are replaced, so that lines of the same place are alike. */
    public static SortedSet<String> in(List<String> console) {
        SortedSet<String> lines = new TreeSet<>();
        for (String text : Splat.outside(console)) {
            if (!CONTINUED.matcher(text).lookingAt() && !isKnown(text)) {
                lines.add(generalized(text));
            }
        }
        return lines;
    }

    static boolean isKnown(String text) {
        return KnownLines.ALL.stream().anyMatch(line -> line.begins(text))
                || SplatKinds.ALL_KINDS.stream().anyMatch(kind -> kind.permits(text));
    }

    private static String generalized(String text) {
        String named = UUID.matcher(DEVICE.matcher(text).replaceAll("DEV")).replaceAll("UUID");
        return NUMBER.matcher(named).replaceAll("N").strip();
    }
}
