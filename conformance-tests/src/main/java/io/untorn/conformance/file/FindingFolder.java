package io.untorn.conformance.file;

import io.untorn.vm.host.UntornException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the files of a finding if its folder is named instead of one of them. */
public final class FindingFolder {
    public static final String TRACE = "trace.json";
    public static final String HISTORY = "history.json";
    public static final String REPORT = "report.md";

    private FindingFolder() {}

    /**
     * Return a file itself, or the one of a name in a folder.
     *
     * @throws UntornException if a folder has none: the caller's mistake
     */
    static Path fileIn(Path place, String name) {
        if (!Files.isDirectory(place)) {
            return place;
        }
        Path file = place.resolve(name);
        if (!Files.exists(file)) {
            throw UntornException.caller("no " + name + " in the folder " + place
                    + ": name a finding's folder (they are in target/untorn/findings), or a file");
        }
        return file;
    }
}
