package io.untorn.vm;

import io.untorn.vm.cache.CacheLocks;
import io.untorn.vm.host.UntornException;
import io.untorn.vm.kernel.UnpackedKernel;
import io.untorn.vm.qemu.SnapshotStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The cache of kernels, guest images and machine snapshots, kept from run to run. Everything in it can be made again. */
public final class Cache {
    /** The limit in bytes if {@code UNTORN_CACHE_LIMIT} sets none: 10 GiB. */
    public static final long DEFAULT_LIMIT = 10L << 30;

    private static final Pattern SIZE = Pattern.compile("(\\d{1,6})([KMGT])?(?:iB|B)?", Pattern.CASE_INSENSITIVE);
    private static final String UNITS = "KMGT";
    private static final List<String> KINDS = List.of("kernels", "images", "snapshots");
    private static final String DRAFT = ".tmp";
    /** The longest time for which a run may write a draft. */
    private static final Duration DRAFTING = Duration.ofMinutes(30);

    private final Path folder;
    private final Consumer<String> progress;

    /**
     * An entry of the cache.
     *
     * @param place the file or folder
     * @param about what it is, for users
     * @param bytes its size in bytes
     * @param lastUse when a run last used it
     */
    public record Entry(Path place, String about, long bytes, Instant lastUse) {}

    /**
     * Manage the cache in a folder.
     *
     * @param progress gets a line for each entry that is removed
     */
    public Cache(Path folder, Consumer<String> progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * Parse a size: a number of bytes, or of KiB, MiB, GiB or TiB if K, M, G or T follows.
     *
     * @param what the option or variable, for the error message
     * @throws UntornException as the caller's mistake if it is none
     */
    public static long size(String what, String text) {
        Matcher matcher = SIZE.matcher(text.strip());
        if (!matcher.matches()) {
            throw UntornException.caller(what + " " + text + ": give a size such as 500M or 20G");
        }
        int unit = matcher.group(2) == null
                ? 0
                : 1 + UNITS.indexOf(matcher.group(2).toUpperCase(java.util.Locale.ROOT));
        return Long.parseLong(matcher.group(1)) << (10 * unit);
    }

    /** Return the limit of the cache in bytes: {@code UNTORN_CACHE_LIMIT}, or {@link #DEFAULT_LIMIT}. */
    public static long limit() {
        return limit(System.getenv());
    }

    static long limit(Map<String, String> environment) {
        String given = environment.getOrDefault("UNTORN_CACHE_LIMIT", "");
        return given.isBlank() ? DEFAULT_LIMIT : size("UNTORN_CACHE_LIMIT", given);
    }

    /** Return all entries, most recently used first. */
    public List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        for (String kind : KINDS) {
            for (Path place : children(folder.resolve(kind))) {
                if (!place.toString().endsWith(DRAFT) && !isHidden(place)) {
                    entries.add(entry(kind, place));
                }
            }
        }
        entries.sort(Comparator.comparing(Entry::lastUse).reversed().thenComparing(Entry::place));
        return List.copyOf(entries);
    }

    private static Entry entry(String kind, Path place) {
        String name = String.valueOf(place.getFileName());
        try {
            SnapshotStore.Index index = SnapshotStore.index(place);
            return new Entry(place, "machine: " + index.about(), index.bytes(), CacheLocks.lastUse(place));
        } catch (IOException e) {
            return new Entry(place, about(kind, name) + ": " + name, bytes(place), CacheLocks.lastUse(place));
        }
    }

    private static String about(String kind, String name) {
        if (kind.equals("kernels")) {
            return "kernel";
        }
        if (name.startsWith(UnpackedKernel.PREFIX)) {
            return "kernel, unpacked";
        }
        return name.startsWith("jre") ? "Java runtime" : name.startsWith("agent") ? "agent" : "guest image";
    }

    /** Remove the least recently used entries until the rest takes at most this many bytes; entries in use stay. */
    public void keepWithin(long limit) {
        removeDrafts();
        List<Entry> entries = new ArrayList<>(entries());
        long total = entries.stream().mapToLong(Entry::bytes).sum();
        while (total > limit && !entries.isEmpty()) {
            Entry oldest = entries.remove(entries.size() - 1);
            if (remove(oldest.place())) {
                total -= oldest.bytes();
                progress.accept("removed from the cache: " + oldest.about());
            }
        }
    }

    /** Remove what killed runs left. */
    private void removeDrafts() {
        Instant old = Instant.now().minus(DRAFTING);
        for (String kind : KINDS) {
            for (Path place : children(folder.resolve(kind))) {
                if (place.toString().endsWith(DRAFT)
                        && CacheLocks.lastUse(place).isBefore(old)
                        && remove(place)) {
                    CacheLocks.release(place);
                }
            }
        }
    }

    private boolean remove(Path place) {
        try {
            return CacheLocks.remove(place);
        } catch (IOException | java.io.UncheckedIOException e) {
            progress.accept("could not remove " + place + " from the cache: " + e.getMessage());
            return false;
        }
    }

    private static boolean isHidden(Path place) {
        return String.valueOf(place.getFileName()).startsWith(".");
    }

    private static List<Path> children(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.sorted().toList();
        } catch (IOException e) {
            throw UntornException.machinery("cannot list the cache, " + parent + ": " + e.getMessage(), e);
        }
    }

    private static long bytes(Path place) {
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException | java.io.UncheckedIOException e) {
            return 0; // removed meanwhile
        }
    }
}
