package io.untorn.vm.build;

import io.untorn.vm.host.FileTrees;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A copy of a source tree that a build may patch.
 *
 * <p>Copying again writes only files that differ, so make compiles only those again. A git worktree would not do, because
 * it leaves out what is not committed.
 */
final class SourceCopy {
    private static final long BYTES = 2_500_000_000L;

    private final Path folder;

    SourceCopy(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /**
     * Make the copy equal to the tree.
     *
     * @throws UntornException as failed machinery if it can't be written
     */
    void copy(SourceTree tree, BuildListener listener) {
        boolean first = Files.notExists(folder);
        listener.progress((first ? "copying " : "updating the copy of ") + tree.folder() + ", which is not changed, to "
                + folder);
        try {
            Files.createDirectories(folder);
            if (first) {
                requireRoom();
            }
            List<Path> files = tree.files();
            deleteOthers(Set.copyOf(files));
            for (Path file : files) {
                update(tree.folder().resolve(file), folder.resolve(file));
            }
        } catch (IOException e) {
            throw UntornException.machinery("Cannot copy " + tree.folder() + " to " + folder + " (" + e
                    + "): free space there, or name another folder with --output.");
        }
    }

    private void requireRoom() throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < BYTES) {
            throw UntornException.machinery("The disk is too full for a copy of the tree: " + folder + " needs "
                    + BYTES / 1_000_000 + " MB, " + free / 1_000_000
                    + " MB are free. Free some space, or name another folder"
                    + " with --output.");
        }
    }

    private void deleteOthers(Set<Path> wanted) throws IOException {
        Set<Path> folders = new HashSet<>();
        wanted.forEach(file -> {
            for (Path above = file.getParent(); above != null && folders.add(above); above = above.getParent()) {
                // added by the condition
            }
        });
        List<Path> others = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path place, BasicFileAttributes attributes) {
                if (place.equals(folder) || folders.contains(folder.relativize(place))) {
                    return FileVisitResult.CONTINUE;
                }
                others.add(place);
                return FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path place, BasicFileAttributes attributes) {
                if (!wanted.contains(folder.relativize(place))) {
                    others.add(place);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        others.forEach(FileTrees::delete);
    }

    private static void update(Path from, Path to) throws IOException {
        if (Files.isSymbolicLink(from)) {
            FileTrees.delete(to);
            Files.createDirectories(to.resolveSibling(""));
            Files.createSymbolicLink(to, Files.readSymbolicLink(from));
        } else if (Files.notExists(to, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(to.resolveSibling(""));
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        } else if (!isSame(from, to)) {
            // With a new time, so that make sees the change
            FileTrees.delete(to);
            Files.copy(from, to);
        }
    }

    private static boolean isSame(Path from, Path to) throws IOException {
        if (!Files.isRegularFile(to, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        BasicFileAttributes one = Files.readAttributes(from, BasicFileAttributes.class);
        BasicFileAttributes other = Files.readAttributes(to, BasicFileAttributes.class);
        return one.size() == other.size()
                && (one.lastModifiedTime().equals(other.lastModifiedTime()) || Files.mismatch(from, to) < 0);
    }
}
