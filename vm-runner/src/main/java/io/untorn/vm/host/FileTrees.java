package io.untorn.vm.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Deletes folders with their content. */
public final class FileTrees {
    private FileTrees() {}

    /**
     * Delete a file or a folder, if it exists.
     *
     * @throws UncheckedIOException if something of it can't be deleted
     */
    public static void delete(Path root) {
        try {
            remove(root);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + root, e);
        }
    }

    /**
     * Delete a file or a folder, if it exists, for callers that handle failures.
     *
     * @throws IOException if something of it can't be deleted
     */
    public static void remove(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
