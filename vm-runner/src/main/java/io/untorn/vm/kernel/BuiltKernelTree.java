package io.untorn.vm.kernel;

import io.untorn.vm.cache.Digest;
import io.untorn.vm.cache.FileStamps;
import io.untorn.vm.cache.ImageCache;
import io.untorn.vm.host.Architecture;
import io.untorn.vm.host.Command;
import io.untorn.vm.host.FileTrees;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Copies kernels from their build folders: the image, and the modules by {@code make modules_install}. A copy is kept until
 * the build changes, so the tree may be built again during a run.
 */
final class BuiltKernelTree {
    /** The path of the boot image in a build. */
    static final String IMAGE = Architecture.GUEST.bootImagePath();

    private static final String CONFIG = ".config";
    private static final String BUILT_IN = "modules.builtin";
    private static final long IMAGE_BYTES = 100_000_000;
    private static final int KEPT = 3;
    private static final Pattern ERROR = Pattern.compile("(?i).*(error|no such file|can't|cannot|\\*\\*\\*).*");

    private final Path folder;
    private final ImageCache kernels;
    private final Consumer<String> progress;

    BuiltKernelTree(Path cache, Consumer<String> progress) {
        this.folder = cache.resolve("kernels");
        this.kernels = new ImageCache(folder);
        this.progress = progress;
    }

    /**
     * Return the kernel that was built in a folder.
     *
     * @throws UntornException as the caller's mistake if there is none, or its modules were not built
     */
    BootableKernel resolve(Path tree) {
        Path build = tree.toAbsolutePath().normalize();
        String release = release(build);
        List<Path> modules = modules(build, tree);
        String prefix = "tree-" + new Digest().add(build.toString()).shortHex() + "-";
        Path taken = kernels.get(prefix + state(build, modules), room(modules), place -> {
            Path target = place.resolve("lib/modules").resolve(release);
            Files.createDirectories(target);
            Files.copy(build.resolve(IMAGE), place.resolve("vmlinuz"));
            Files.copy(build.resolve(CONFIG), place.resolve("config"));
            if (hasModules(build)) {
                install(build, place, release);
            } else {
                // Everything is built in: write what make modules_install would write if it did not refuse
                Files.copy(build.resolve(BUILT_IN), target.resolve(BUILT_IN));
                Files.createFile(target.resolve("modules.dep"));
            }
        });
        deleteOlder(prefix, taken);
        return new BootableKernel(release, release, taken.resolve("vmlinuz"), ModuleTree.find(taken, release), false);
    }

    /**
     * Return the release of the kernel that was built in a folder.
     *
     * @throws UntornException as the caller's mistake if there is none
     */
    static String release(Path tree) {
        Path image = tree.resolve(IMAGE);
        if (Files.isRegularFile(image) && Files.isRegularFile(tree.resolve(CONFIG))) {
            return KernelImage.release(image);
        }
        if (Files.isRegularFile(tree.resolve("Kconfig")) || Files.isRegularFile(tree.resolve(CONFIG))) {
            throw UntornException.caller("The kernel in " + tree + " was not built: there is no " + IMAGE
                    + ". Run `make` there, or `./untorn build " + tree + "`, which builds it elsewhere.");
        }
        throw UntornException.caller("'" + tree + "' is a folder, but no kernel tree: it has neither Kconfig nor "
                + CONFIG + ". " + KernelRef.POSSIBLE);
    }

    private void install(Path build, Path place, String release) {
        progress.accept("installing the modules of " + build + " into the cache");
        Command.Result made = new Command("make", "make")
                .run(List.of(
                        "-C",
                        build.toString(),
                        "modules_install",
                        "INSTALL_MOD_PATH=" + place,
                        // Debug information would not fit into the guest's memory
                        "INSTALL_MOD_STRIP=1"));
        if (made.exitCode() != 0) {
            String why = (made.errors() + "\n" + made.output())
                    .lines()
                    .filter(line -> ERROR.matcher(line).matches())
                    .findFirst()
                    .orElse("it ended with " + made.exitCode());
            throw UntornException.caller("make modules_install failed in " + build + ": " + why.strip()
                    + ". Run `make` there, so that kernel and modules are from the same build.");
        }
        if (!Files.isDirectory(place.resolve("lib/modules").resolve(release).resolve("kernel"))) {
            throw UntornException.caller("The kernel and the modules in " + build + " are from different builds: "
                    + IMAGE + " is " + release + ". Run `make` there.");
        }
        Depmod.run(place, release, build.toString());
    }

    /** Return the modules of the build, from the lines of {@code modules.order}. */
    private static List<Path> modules(Path build, Path tree) {
        if (!hasModules(build)) {
            if (!Files.isRegularFile(build.resolve(BUILT_IN))) {
                throw UntornException.caller(
                        "The build in " + tree + " is incomplete: there is no " + BUILT_IN + ". Run `make` there.");
            }
            return List.of();
        }
        Path order = build.resolve("modules.order");
        if (!Files.isRegularFile(order)) {
            throw UntornException.caller("The modules in " + tree + " were not built: there is no modules.order. Run"
                    + " `make` there, or `make modules`.");
        }
        return lines(order).stream()
                .map(line -> build.resolve(line.replaceFirst("\\.o$", ".ko")))
                .toList();
    }

    private static boolean hasModules(Path build) {
        return lines(build.resolve(CONFIG)).contains("CONFIG_MODULES=y");
    }

    /** Return a digest of the build, which changes with each build. */
    private static String state(Path build, List<Path> modules) {
        List<Path> files = new ArrayList<>(List.of(build.resolve(IMAGE), build.resolve(CONFIG)));
        files.addAll(modules);
        for (Path file : files) {
            if (!Files.isReadable(file)) {
                throw UntornException.caller(
                        "The build in " + build + " is incomplete: cannot read " + file + ". Run `make` there.");
            }
        }
        Digest digest = new Digest();
        FileStamps.of(files).forEach(digest::add);
        return digest.shortHex();
    }

    private static long room(List<Path> modules) {
        return IMAGE_BYTES
                + modules.stream().mapToLong(file -> file.toFile().length()).sum();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw UntornException.caller("Cannot read " + file + ": " + e);
        }
    }

    /** Delete all but the last builds of a tree; running runs use one of these. */
    private void deleteOlder(String prefix, Path current) {
        try (Stream<Path> entries = Files.list(folder)) {
            entries.filter(entry -> entry.getFileName().toString().matches(Pattern.quote(prefix) + "\\p{XDigit}+"))
                    .filter(entry -> !entry.equals(current))
                    .sorted(Comparator.comparing(BuiltKernelTree::modified).reversed())
                    .skip(KEPT - 1)
                    .forEach(FileTrees::delete);
        } catch (IOException e) {
            progress.accept("could not list the older builds in " + folder + ": " + e);
        }
    }

    private static FileTime modified(Path entry) {
        try {
            return Files.getLastModifiedTime(entry);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }
}
