package io.untorn.vm.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Detects changed files by their sizes and times, because reading them takes a second. */
public final class FileStamps {
    private FileStamps() {}

    /** Return a line for each file, and for each file in a folder. A missing file has a line too. */
    public static List<String> of(Collection<Path> files) {
        return files.stream().flatMap(FileStamps::under).map(FileStamps::stamp).toList();
    }

    /** Tell whether {@link #of} would return the same lines now. */
    static boolean hold(List<String> stamps) {
        return stamps.equals(of(stamps.stream()
                .map(stamp -> Path.of(stamp.substring(stamp.indexOf('/'))))
                .collect(Collectors.toList())));
    }

    private static Stream<Path> under(Path place) {
        if (!Files.isDirectory(place)) {
            return Stream.of(place.toAbsolutePath());
        }
        try (Stream<Path> files = Files.walk(place.toAbsolutePath())) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + place, e);
        }
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return found.size() + " bytes of " + found.lastModifiedTime() + " in " + file;
        } catch (IOException e) {
            return "nothing in " + file;
        }
    }
}
