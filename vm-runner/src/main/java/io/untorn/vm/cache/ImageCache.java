package io.untorn.vm.cache;

import io.untorn.vm.host.FileTrees;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A folder of files and folders that take long to make, each named after its inputs.
 *
 * <p>An entry is made under a temporary name and then renamed, so it is always complete. If two processes make the same
 * entry at once, the first one stays.
 */
public final class ImageCache {
    private static final long MEBIBYTE = 1 << 20;

    private final Path folder;

    public ImageCache(Path folder) {
        this.folder = folder;
    }

    /** Makes an entry of the cache. */
    public interface Maker {
        /** Make the file or folder at a place that does not exist yet. */
        void make(Path place) throws IOException;
    }

    /**
     * Return the path of an entry; make it if it does not exist.
     *
     * @param name the name, unique for its inputs
     * @param bytes its estimated size in bytes
     * @throws UntornException if it cannot be made; nothing incomplete stays
     */
    public Path get(String name, long bytes, Maker maker) {
        Path place = folder.resolve(name);
        CacheLocks.hold(place);
        if (Files.exists(place)) {
            return place;
        }
        Path draft = folder.resolve(name + "." + UUID.randomUUID() + ".tmp");
        CacheLocks.hold(draft);
        try {
            Files.createDirectories(folder);
            requireSpace(bytes);
            maker.make(draft);
            moveInto(place, draft);
            return place;
        } catch (IOException e) {
            throw UntornException.machinery("cannot make " + place + " (" + space(bytes) + "): " + e.getMessage(), e);
        } finally {
            FileTrees.delete(draft);
            CacheLocks.release(draft);
        }
    }

    /** Return the entry that a recipe made, unless it is gone or its other inputs have changed. */
    public Optional<Path> byRecipe(String recipe) {
        try {
            List<String> lines = Files.readAllLines(recipes().resolve(recipe));
            Path place = folder.resolve(lines.get(0));
            CacheLocks.hold(place);
            return Files.exists(place) && FileStamps.hold(lines.subList(1, lines.size()))
                    ? Optional.of(place)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Remember the entry that a recipe made.
     *
     * @param others further inputs that the recipe does not name
     */
    public void remember(String recipe, Path place, List<Path> others) throws IOException {
        List<String> lines = new ArrayList<>(List.of(String.valueOf(place.getFileName())));
        lines.addAll(FileStamps.of(others));
        Path draft = recipes().resolve(UUID.randomUUID() + ".tmp");
        Files.createDirectories(recipes());
        Files.write(draft, lines);
        Files.move(draft, recipes().resolve(recipe), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path recipes() {
        return folder.resolveSibling("recipes");
    }

    private static void moveInto(Path place, Path draft) throws IOException {
        try {
            Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.exists(place)) {
                throw e;
            }
        }
    }

    private void requireSpace(long bytes) {
        if (folder.toFile().getUsableSpace() < bytes) {
            throw UntornException.machinery("no space for the guest image in " + folder + ": " + space(bytes)
                    + ". Free some, or name another cache folder in XDG_CACHE_HOME.");
        }
    }

    private String space(long bytes) {
        long free = folder.toFile().getUsableSpace();
        return "needs " + mebibytes(bytes) + " MiB, " + free / MEBIBYTE + " MiB are free";
    }

    private static long mebibytes(long bytes) {
        return (bytes + MEBIBYTE - 1) / MEBIBYTE;
    }
}
