package io.untorn.vm.guest;

import io.untorn.vm.host.HostPrograms;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the shared libraries and the dynamic loader that programs of the host need. */
final class SharedLibraries {
    private static final Pattern RESOLVED = Pattern.compile("\\s+(?:\\S+ => )?(/\\S+) \\(0x[0-9a-f]+\\)");

    private SharedLibraries() {}

    /** Return the libraries that ELF files need, by the paths where the loader finds them. */
    static SortedSet<Path> of(Collection<Path> elfFiles) throws IOException {
        List<String> command = new ArrayList<>(List.of("ldd"));
        elfFiles.forEach(file -> command.add(file.toString()));
        return parse(HostPrograms.run(command).text());
    }

    /** Parse the output of {@code ldd}; libraries that it did not find are left out. */
    static SortedSet<Path> parse(String text) {
        SortedSet<Path> libraries = new TreeSet<>();
        for (String line : (Iterable<String>) text.lines()::iterator) {
            Matcher matcher = RESOLVED.matcher(line);
            if (matcher.matches()) {
                libraries.add(Path.of(matcher.group(1)));
            }
        }
        return libraries;
    }
}
