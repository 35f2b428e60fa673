package io.untorn.vm.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A temporary folder, removed on close. What a killed JVM left is removed when the next one makes such a folder: each
 * contains a file that is locked as long as its JVM lives.
 */
public final class TemporaryFolder implements AutoCloseable {
    private static final String PREFIX = "untorn-";
    private static final String LOCK = "lock";
    /** A folder younger than this may not have its lock yet. */
    private static final Duration UNLOCKED = Duration.ofMinutes(1);

    /** The folders of this JVM: opening and closing a lock's file would release the lock. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private TemporaryFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Make a folder among the temporary files, and remove those that killed JVMs left there. */
    public static TemporaryFolder create() throws IOException {
        return createIn(Path.of(System.getProperty("java.io.tmpdir")));
    }

    static TemporaryFolder createIn(Path parent) throws IOException {
        removeStale(parent);
        Path path = Files.createTempDirectory(parent, PREFIX);
        OWN.add(path);
        FileChannel lock =
                FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lock.lock();
        return new TemporaryFolder(path, lock);
    }

    /** Return the open folders of this JVM. */
    public static Set<Path> open() {
        return Set.copyOf(OWN);
    }

    private static void removeStale(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                if (Files.isDirectory(folder) && Files.isWritable(folder) && isStale(folder)) {
                    FileTrees.delete(folder);
                }
            }
        }
    }

    private static boolean isStale(Path folder) {
        try {
            Instant old = Instant.now().minus(UNLOCKED);
            if (OWN.contains(folder)
                    || Files.getLastModifiedTime(folder).toInstant().isAfter(old)) {
                return false;
            }
            if (isEmpty(folder)) {
                return true;
            }
            try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
                    FileLock free = channel.tryLock()) {
                return free != null;
            }
        } catch (IOException e) {
            return false; // of another user or program, or gone meanwhile
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
            return !content.iterator().hasNext();
        }
    }

    /** Return the folder. */
    public Path path() {
        return path;
    }

    /** Remove the folder. Closing twice is fine. */
    @Override
    public void close() {
        FileTrees.delete(path);
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the lock of " + path, e);
        } finally {
            OWN.remove(path);
        }
    }
}
