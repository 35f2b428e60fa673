package io.untorn.model;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A complaint of the kernel on its console. */
public final class Splat {
    private static final List<Pattern> STARTS = List.of(
            Pattern.compile("\\bWARNING: "),
            Pattern.compile("\\bBUG: "),
            Pattern.compile("\\bkernel BUG at "),
            Pattern.compile("\\bOops: "),
            Pattern.compile("\\bKernel panic - "),
            Pattern.compile("\\bgeneral protection fault"),
            Pattern.compile("\\bUBSAN: "),
            Pattern.compile("\\brcu: .* detected .*stall"),
            Pattern.compile("\\bblocked for more than \\d+ seconds"),
            Pattern.compile("\\bEXT4-fs error "),
            Pattern.compile("\\bXFS .*: (Corruption|Internal error|Metadata corruption|.*[Ss]hutting down filesystem)"),
            Pattern.compile("\\bBuffer I/O error "),
            Pattern.compile("\\bI/O error, dev "));

    /** A mount that is refused for its options ends with a shutdown of what it had begun to mount: no fault. */
    private static final Pattern REFUSED_MOUNT = Pattern.compile("\\bXFS .* at xfs_mountfs\\+");

    private static final Pattern FUNCTION = Pattern.compile("\\bRIP: [0-9a-f]+:([\\w.]+)\\+0x");

    private Splat() {}

    /** Return the lines that begin a splat. */
    public static List<String> starts(List<String> console) {
        return console.stream()
                .filter(line -> !REFUSED_MOUNT.matcher(line).find())
                .filter(line ->
                        STARTS.stream().anyMatch(start -> start.matcher(line).find()))
                .toList();
    }

    /** Return the function of the kernel in which the first splat that names one came about. */
    static Optional<String> function(List<String> console) {
        return console.stream()
                .flatMap(line -> FUNCTION.matcher(line).results())
                .map(found -> found.group(1))
                .findFirst();
    }
}
