package io.untorn.vm.kernel;

import io.untorn.vm.cache.Digest;
import io.untorn.vm.cache.ImageCache;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Unpacks kernels from Debian package files, each once. */
final class DebianKernelFiles {
    private final ImageCache kernels;
    private final Consumer<String> progress;

    DebianKernelFiles(Path cache, Consumer<String> progress) {
        this.kernels = new ImageCache(cache.resolve("kernels"));
        this.progress = progress;
    }

    /**
     * Return the kernel in packages.
     *
     * @throws UntornException as the caller's mistake if one is no package, or they lack the kernel or its modules
     */
    BootableKernel resolve(List<Path> packages) {
        String names = packages.stream().map(Path::toString).collect(Collectors.joining(", "));
        Path folder = kernels.get("deb-" + nameOf(packages), sizeOf(packages), place -> {
            progress.accept("unpacking " + names);
            unpack(packages, names, place);
        });
        Path image = folder.resolve("vmlinuz");
        String release = KernelImage.release(image);
        return new BootableKernel(release, release, image, ModuleTree.find(folder, release), false);
    }

    private static void unpack(List<Path> packages, String names, Path place) throws IOException {
        Files.createDirectories(place);
        for (Path file : packages) {
            extract(file, place);
        }
        Path image = place.resolve("vmlinuz");
        if (!Files.isRegularFile(image)) {
            throw UntornException.caller("There is no kernel in " + names + ": name the package of the image"
                    + " (linux-image-…; from Debian's 6.19 on linux-binary-…).");
        }
        String release = KernelImage.release(image);
        Path modules = place.resolve("lib/modules").resolve(release);
        if (!Files.isDirectory(modules.resolve("kernel")) && !Files.isRegularFile(modules.resolve("modules.builtin"))) {
            throw UntornException.caller("The modules of " + release + " are not in " + names
                    + ": add their package with a comma (from Debian's 6.19 on linux-modules-" + release + " and"
                    + " linux-base-" + release + ").");
        }
        Depmod.run(place, release, names);
    }

    private static void extract(Path file, Path place) throws IOException {
        try {
            DebianPackageFile.extractKernel(file, place);
        } catch (UntornException e) {
            throw UntornException.caller(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            if (Files.isReadable(file)) {
                throw UntornException.caller("Cannot unpack " + file + " (" + e.getMessage()
                        + "): is it a complete Debian package, and is there space in " + place.getParent() + "?");
            }
            throw UntornException.caller("Cannot read " + file + ": " + e);
        }
    }

    private static String nameOf(List<Path> packages) {
        Digest digest = new Digest();
        for (Path file : packages) {
            try {
                digest.add(file);
            } catch (IOException e) {
                throw UntornException.caller("Cannot read " + file + ": " + e);
            }
        }
        return digest.shortHex();
    }

    /** With xz, the content takes about four times as much space as the packages. */
    private static long sizeOf(List<Path> packages) {
        return 5 * packages.stream().mapToLong(file -> file.toFile().length()).sum();
    }
}
