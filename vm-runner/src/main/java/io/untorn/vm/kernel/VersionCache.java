package io.untorn.vm.kernel;

import io.untorn.vm.host.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Remembers which version a name resolved to in an edition of the archive's index, because a lookup there takes seconds. */
final class VersionCache {
    private final Path folder;

    VersionCache(Path folder) {
        this.folder = folder;
    }

    /** Return the version that a name resolved to, if that was in this edition and after a time. */
    Optional<String> version(String name, String edition, Instant since) {
        try {
            Path file = folder.resolve(name);
            List<String> lines = Files.readAllLines(file);
            return lines.size() == 2
                            && lines.get(0).equals(edition)
                            && Files.getLastModifiedTime(file).toInstant().isAfter(since)
                    ? Optional.of(lines.get(1))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Remember a version from an index of this time; if it can't be stored, it is looked up again. */
    void remember(String name, String edition, Instant time, String version) {
        Path draft = folder.resolve(UUID.randomUUID() + ".tmp");
        try {
            Files.createDirectories(folder);
            Files.write(draft, List.of(edition, version));
            Files.setLastModifiedTime(draft, FileTime.from(time));
            Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            FileTrees.delete(draft);
        }
    }
}
