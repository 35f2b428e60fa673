package io.untorn.vm.cache;

import io.untorn.vm.host.FileTrees;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tracks which entries of a cache are in use, by this run or others, and when each was last used.
 *
 * <p>Each entry has a file in the folder {@code locks}. A run that uses the entry holds a lock on it until the run ends,
 * however it ends.
 */
public final class CacheLocks {
    /** The locks of this JVM: opening and closing a lock's file again would release the lock. */
    private static final Map<Path, FileChannel> HELD = new HashMap<>();

    private CacheLocks() {}

    /**
     * Hold an entry, which need not exist yet, until this JVM ends. If the lock can't be written, because the cache is full
     * or read-only, this does nothing.
     */
    public static void hold(Path entry) {
        Path file = fileFor(entry);
        synchronized (HELD) {
            if (HELD.containsKey(file)) {
                return;
            }
            try {
                Files.createDirectories(file.resolveSibling(""));
                FileChannel channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                HELD.put(file, channel);
                if (channel.tryLock(0, Long.MAX_VALUE, true) != null) {
                    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
                }
            } catch (IOException e) {
                return;
            }
        }
    }

    /** Release an entry that no longer exists. */
    public static void release(Path entry) {
        Path file = fileFor(entry);
        synchronized (HELD) {
            FileChannel channel = HELD.remove(file);
            try {
                if (channel != null) {
                    channel.close();
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                // An empty file stays.
            }
        }
    }

    /** Return when an entry was last used, or else when it was made. */
    public static Instant lastUse(Path entry) {
        for (Path file : List.of(fileFor(entry), entry)) {
            try {
                return Files.getLastModifiedTime(file).toInstant();
            } catch (NoSuchFileException e) {
                // Not used since it was made, or there is no such entry.
            } catch (IOException e) {
                break;
            }
        }
        return Instant.EPOCH;
    }

    /** Remove an entry unless it is in use, and tell whether it was removed. */
    public static boolean remove(Path entry) throws IOException {
        Path file = fileFor(entry);
        synchronized (HELD) {
            if (HELD.containsKey(file)) {
                return false;
            }
            Files.createDirectories(file.resolveSibling(""));
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock free = channel.tryLock()) {
                if (free == null) {
                    return false;
                }
                FileTrees.delete(entry);
                return true;
            }
        }
    }

    private static Path fileFor(Path entry) {
        Path kind = entry.toAbsolutePath().getParent();
        return kind.resolveSibling("locks").resolve(kind.getFileName() + "-" + entry.getFileName());
    }
}
