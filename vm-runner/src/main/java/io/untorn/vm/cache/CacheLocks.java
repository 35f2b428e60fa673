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
 * Know which entries of a cache are in use, by this run or others, and when each was last.
 *
 * <p>For each entry there is a file in the folder {@code locks}, which each run locks that uses the entry, until the run
 * ends, however it does.
 */
public final class CacheLocks {
    /** What this JVM holds: to open and close a lock's file again would be to give the lock up. */
    private static final Map<Path, FileChannel> HELD = new HashMap<>();

    private CacheLocks() {}

    /**
     * Hold an entry, which need not be there yet, until this JVM ends. Where that can't be, in a cache that is full or
     * read-only, nothing can be removed either.
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

    /** Hold an entry no longer, one that is gone. */
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
                // Then an empty file stays.
            }
        }
    }

    /** Return when an entry was last used, or else made. */
    public static Instant lastUse(Path entry) {
        for (Path file : List.of(fileFor(entry), entry)) {
            try {
                return Files.getLastModifiedTime(file).toInstant();
            } catch (NoSuchFileException e) {
                // One that no run has used since it was made, or none at all.
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
