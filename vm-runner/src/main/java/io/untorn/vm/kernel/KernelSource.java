package io.untorn.vm.kernel;

import io.untorn.model.target.KernelVersion;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Resolves the name of a kernel to a kernel that boots, and downloads it if needed.
 *
 * <p>Debian kernels come from the archive that the host's apt is configured for, or from the one that the environment
 * variable {@code UNTORN_DEBIAN_MIRROR} names, and are kept.
 *
 * <pre>{@code
 * KernelSource source = new KernelSource(cache, System.err::println);
 * BootableKernel kernel = source.resolve(KernelRef.parse("debian:6.12", Optional.empty()));
 * kernel.release() // 6.12.117+deb13-cloud-amd64
 * }</pre>
 */
public final class KernelSource {
    /** The folder in the cache for built kernels. */
    public static final String BUILDS = "builds";

    private final Path cache;
    private final DebianKernels debian;
    private final BuiltKernelTree builtTree;
    private final DebianKernelFiles debianFiles;

    /**
     * Keep kernels in a folder.
     *
     * @param cache the folder, created if it is missing; several runs may share it
     * @param progress gets one line before each step that may take longer than two seconds
     */
    public KernelSource(Path cache, Consumer<String> progress) {
        Optional<String> mirror =
                Optional.ofNullable(System.getenv("UNTORN_DEBIAN_MIRROR")).filter(uri -> !uri.isBlank());
        Path absolute = cache.toAbsolutePath();
        this.cache = absolute;
        this.debian = new DebianKernels(
                absolute,
                new AptArchive(absolute.resolve("apt"), mirror, progress),
                AptArchive::compareVersions,
                InstantSource.system(),
                progress);
        this.builtTree = new BuiltKernelTree(absolute, progress);
        this.debianFiles = new DebianKernelFiles(absolute, progress);
    }

    /**
     * Return the kernel, downloaded and unpacked if needed.
     *
     * @throws UntornException as the caller's mistake if there is no such kernel or it has no modules, as failed
     *     machinery if it cannot be downloaded or stored
     */
    public BootableKernel resolve(KernelRef ref) {
        if (ref instanceof KernelRef.ImageFile file) {
            String release = KernelImage.release(file.image());
            return new BootableKernel(release, release, file.image(), ModuleTree.find(file.modules(), release), false);
        }
        if (ref instanceof KernelRef.BuiltTree tree) {
            return builtTree.resolve(tree.folder());
        }
        if (ref instanceof KernelRef.DebianFiles packages) {
            return debianFiles.resolve(packages.files());
        }
        return debian.resolve((KernelRef.Debian) ref);
    }

    /** Return the kernels in Debian's archive and in the cache, newest first. */
    public List<DebianKernel> debianKernels() {
        return debian.list();
    }

    /** Return the kernels that were built in the cache, sorted by folder. */
    public List<BuiltKernel> builds() {
        Path builds = cache.resolve(BUILDS);
        if (Files.notExists(builds)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(builds)) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve(BuiltKernelTree.IMAGE)))
                    .sorted()
                    .map(folder -> new BuiltKernel(folder, BuiltKernelTree.release(folder)))
                    .toList();
        } catch (IOException e) {
            throw UntornException.machinery("Cannot list " + builds + ": " + e, e);
        }
    }

    /**
     * Return the version of a kernel without downloading it: from its name, else from the archive's index, or from the
     * header of a bzImage.
     *
     * @param ref as {@link KernelRef#parse} takes it, except that a bzImage needs no modules
     * @throws UntornException as the caller's mistake if there is no such kernel
     */
    public KernelVersion version(String ref) {
        Path path = Path.of(ref);
        if (Files.isRegularFile(path) && !ref.endsWith(".deb")) {
            return KernelVersion.parse(KernelImage.release(path));
        }
        KernelRef parsed = KernelRef.parse(ref, Optional.empty());
        if (parsed instanceof KernelRef.Debian version) {
            return debian.version(version);
        }
        if (parsed instanceof KernelRef.BuiltTree tree) {
            return KernelVersion.parse(BuiltKernelTree.release(tree.folder()));
        }
        return KernelVersion.parse(resolve(parsed).release());
    }
}
