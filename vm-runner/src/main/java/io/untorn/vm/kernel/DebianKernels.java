package io.untorn.vm.kernel;

import io.untorn.model.target.KernelVersion;
import io.untorn.vm.cache.CacheLocks;
import io.untorn.vm.host.FileTrees;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps Debian's cloud kernels in a folder, each downloaded once.
 *
 * <p>A kernel is assembled under a temporary name and then renamed, so it is always complete. One run at a time does so;
 * others wait.
 */
final class DebianKernels {
    private static final Duration INDEX_LIFETIME = Duration.ofHours(24);
    /** Space in bytes for the lists of all suites and apt's cache of them, old and new. */
    private static final long INDEX_BYTES = 250_000_000;

    /** Space in bytes for modules whose size no index gives: the file and its content. */
    private static final long MODULES_BYTES = 100_000_000;

    private static final String FOLDER_PREFIX = "debian-";
    private static final String UNVERIFIED_MARK = "modules-unverified";
    /** A file lock works only between processes; this one works between threads. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    /** A package to download; one that the index does not list cannot be verified. */
    private record Part(String name, Optional<KernelPackage> listed) {
        long room() {
            return listed.map(known -> known.size() + known.installedSize()).orElse(isModules() ? MODULES_BYTES : 0);
        }

        boolean isModules() {
            return name.startsWith("linux-modules-");
        }
    }

    private final Path cache;
    private final Path kernels;
    private final DebianArchive archive;
    private final VersionCache knownVersions;
    private final Comparator<String> versionOrder;
    private final InstantSource clock;
    private final Consumer<String> progress;

    DebianKernels(
            Path cache,
            DebianArchive archive,
            Comparator<String> versionOrder,
            InstantSource clock,
            Consumer<String> progress) {
        this.cache = cache;
        this.kernels = cache.resolve("kernels");
        this.archive = archive;
        this.knownVersions = new VersionCache(cache.resolve("apt").resolve("found"));
        this.versionOrder = versionOrder;
        this.clock = clock;
        this.progress = progress;
    }

    BootableKernel resolve(KernelRef.Debian ref) {
        if (!ref.version().isEmpty() && Files.isDirectory(folderOf(ref.version()))) {
            return open(folderOf(ref.version()));
        }
        Optional<Path> known = archive.edition()
                .flatMap(edition -> knownVersions.version(
                        ref.toString(), edition, clock.instant().minus(INDEX_LIFETIME)))
                .map(this::folderOf)
                .filter(Files::isDirectory);
        if (known.isPresent()) {
            return open(known.get());
        }
        return locked(() -> {
            KernelPackage image = find(ref);
            Path folder = folderOf(image.version());
            if (!Files.isDirectory(folder)) {
                fetch(image, folder);
            }
            archive.edition().ifPresent(edition -> archive.refreshed()
                    .ifPresent(time -> knownVersions.remember(ref.toString(), edition, time, image.version())));
            return open(folder);
        });
    }

    KernelVersion version(KernelRef.Debian ref) {
        return ref.linux()
                .orElseGet(() -> locked(() -> KernelVersion.parse(find(ref).version())));
    }

    /** Return the kernels in the archive and in the cache, each version once, newest first. */
    List<DebianKernel> list() {
        return locked(() -> {
            refreshIfOld();
            Set<String> versions = new TreeSet<>(versionOrder.reversed());
            Set<String> offered = offered().map(KernelPackage::version).collect(Collectors.toSet());
            versions.addAll(offered);
            versions.addAll(kept());
            return versions.stream()
                    .map(version ->
                            new DebianKernel(version, offered.contains(version), Files.isDirectory(folderOf(version))))
                    .toList();
        });
    }

    private List<String> kept() {
        try (Stream<Path> folders = Files.list(kernels)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.startsWith(FOLDER_PREFIX))
                    .map(name -> name.substring(FOLDER_PREFIX.length()))
                    .toList();
        } catch (IOException e) {
            throw UntornException.machinery("Cannot list " + kernels + ": " + e, e);
        }
    }

    private Path folderOf(String version) {
        return kernels.resolve(FOLDER_PREFIX + version);
    }

    private static BootableKernel open(Path folder) {
        CacheLocks.hold(folder);
        Path image = folder.resolve("vmlinuz");
        String release = KernelImage.release(image);
        return new BootableKernel(
                String.valueOf(folder.getFileName()),
                release,
                image,
                ModuleTree.find(folder, release),
                Files.exists(folder.resolve(UNVERIFIED_MARK)));
    }

    private KernelPackage find(KernelRef.Debian ref) {
        boolean fresh = !refreshIfOld();
        Optional<KernelPackage> found = newest(ref);
        if (found.isEmpty() && fresh) {
            refresh(archive.refreshed());
            found = newest(ref);
        }
        return found.orElseThrow(() -> UntornException.caller(noneMatches(ref)));
    }

    /** Refresh the index if it is a day old or more; return whether it was. */
    private boolean refreshIfOld() {
        Optional<Instant> refreshed = archive.refreshed();
        boolean old = refreshed
                .filter(then -> clock.instant().isBefore(then.plus(INDEX_LIFETIME)))
                .isEmpty();
        if (old) {
            refresh(refreshed);
        }
        return old;
    }

    private void refresh(Optional<Instant> before) {
        progress.accept("refreshing the index of Debian kernels");
        try {
            requireRoom(INDEX_BYTES);
            archive.refresh();
        } catch (UntornException e) {
            Instant then = before.orElseThrow(() -> e);
            progress.accept("continuing with the index of " + then + ": " + e.getMessage());
        }
    }

    private Stream<KernelPackage> offered() {
        return archive.packages().stream().filter(KernelPackage::isKernel);
    }

    private Optional<KernelPackage> newest(KernelRef.Debian ref) {
        return offered()
                .filter(kernel -> ref.matches(kernel.version()))
                .max(Comparator.comparing(
                                (KernelPackage kernel) -> kernel.version().equals(ref.version()))
                        .thenComparing(KernelPackage::version, versionOrder));
    }

    private String noneMatches(KernelRef.Debian ref) {
        List<KernelPackage> all = offered().toList();
        String series = all.stream()
                .map(kernel -> KernelVersion.parse(kernel.version()))
                .distinct()
                .sorted()
                .map(KernelVersion::toString)
                .collect(Collectors.joining(", "));
        String near = all.stream()
                .map(KernelPackage::version)
                .filter(version ->
                        new KernelRef.Debian(KernelVersion.parse(version).toString()).matches(ref.version()))
                .distinct()
                .sorted(versionOrder)
                .collect(Collectors.joining(", "));
        return "No Debian cloud kernel matches " + ref + ". "
                + (near.isEmpty()
                        ? "The archive offers the series " + series
                        : "Of its series the archive offers " + near)
                + "; debian:newest is the newest of all.";
    }

    private void fetch(KernelPackage image, Path folder) {
        List<Part> parts = partsOf(image);
        long needed = parts.stream().mapToLong(Part::room).sum();
        Path work = kernels.resolve(".partial");
        try {
            FileTrees.remove(work);
            Path tree = Files.createDirectories(work.resolve("tree"));
            requireRoom(needed);
            for (Part part : parts) {
                Path deb = work.resolve(part.name() + ".deb");
                download(part, image, deb);
                DebianPackageFile.extractKernel(deb, tree);
                Files.delete(deb);
            }
            complete(tree, image);
            if (parts.stream()
                    .anyMatch(part -> part.name().startsWith("linux-modules-")
                            && part.listed().isEmpty())) {
                Files.createFile(tree.resolve(UNVERIFIED_MARK));
            }
            Files.move(tree, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            requireRoom(needed);
            throw UntornException.machinery(
                    "Cannot put the kernel " + image.version() + " into " + kernels + " (" + e
                            + "): free space there or make the folder writable, and run again.",
                    e);
        } finally {
            deleteQuietly(work);
        }
    }

    /** Return the packages of a kernel: one up to 6.18, its dependencies from 6.19 on. */
    private List<Part> partsOf(KernelPackage image) {
        if (image.depends().stream().noneMatch(need -> need.startsWith("linux-binary-"))) {
            return List.of(new Part(image.name(), Optional.of(image)));
        }
        List<KernelPackage> listed = archive.packages();
        return image.depends().stream()
                .filter(need -> need.matches("linux-(base|binary|modules)-.+"))
                .map(need -> new Part(
                        need,
                        listed.stream()
                                .filter(candidate -> candidate.name().equals(need)
                                        && candidate.version().equals(image.version()))
                                .findFirst()))
                .toList();
    }

    private void download(Part part, KernelPackage image, Path deb) {
        part.listed()
                .ifPresentOrElse(
                        listed -> {
                            progress.accept("fetching " + part.name() + " (" + megabytes(listed.size()) + ")");
                            archive.download(listed, deb);
                        },
                        () -> {
                            progress.accept("fetching " + part.name() + ", which the signed index no longer lists:"
                                    + " unverified"
                                    + (part.isModules() ? ", to be booted with module.sig_enforce=1" : ""));
                            archive.downloadUnlisted(part.name(), image, deb);
                        });
    }

    private static void complete(Path tree, KernelPackage image) throws IOException {
        Path vmlinuz = tree.resolve("vmlinuz");
        if (!Files.exists(vmlinuz)) {
            throw UntornException.machinery("The Debian kernel " + image.version() + " has no vmlinuz in its packages:"
                    + " take another version.");
        }
        String release = KernelImage.release(vmlinuz);
        Depmod.run(tree, release, "the Debian kernel " + image.version());
        ModuleTree.find(tree, release);
    }

    private void requireRoom(long needed) {
        try {
            long free = Files.getFileStore(kernels).getUsableSpace();
            if (free < needed) {
                throw UntornException.machinery(
                        "The disk is too full for a kernel: " + kernels + " needs " + megabytes(needed) + ", "
                                + megabytes(free) + " are free. Free some space, or set XDG_CACHE_HOME.");
            }
        } catch (IOException e) {
            throw UntornException.machinery("Cannot determine the free space of " + kernels + ": " + e, e);
        }
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private <T> T locked(Supplier<T> action) {
        THREADS.lock();
        try (FileChannel file = openLock()) {
            if (file.tryLock() == null) {
                progress.accept("waiting for another run that fetches a kernel");
                file.lock();
            }
            return action.get();
        } catch (IOException e) {
            throw UntornException.machinery("Cannot lock " + cache + " (" + e + "): make the folder writable.", e);
        } finally {
            THREADS.unlock();
        }
    }

    private FileChannel openLock() throws IOException {
        Files.createDirectories(kernels);
        return FileChannel.open(cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private void deleteQuietly(Path folder) {
        try {
            FileTrees.remove(folder);
        } catch (IOException e) {
            progress.accept("could not delete " + folder + ", the next run will: " + e);
        }
    }
}
