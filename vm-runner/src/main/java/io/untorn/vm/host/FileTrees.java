package io.untorn.vm.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Delete folders with all that is in them. */
public final class FileTrees {
    private FileTrees() {}

    /**
     * Delete a file or a folder; one that is gone already is fine.
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
     * Delete a file or a folder, where it is to be expected that something can't be deleted.
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
