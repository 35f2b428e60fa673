package io.untorn.vm.guest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.untorn.vm.cache.Digest;
import io.untorn.vm.cache.FileStamps;
import io.untorn.vm.cache.ImageCache;
import io.untorn.vm.host.HostPrograms;
import io.untorn.vm.host.UntornException;
import io.untorn.vm.kernel.KernelModule;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Builds the guest image: a Java runtime, the agent, mkfs, fsck, and the kernel's modules.
 *
 * <p>It has no script: the kernel starts the JVM, and the agent does the rest.
 */
public final class GuestImage {
    /**
     * The kernel arguments that start the agent. The library path is needed because {@code /proc}, where the JVM would find
     * its own path, is not mounted yet. A JVM regularly causes and handles segmentation faults, and the kernel would log each
     * one of the init process.
     */
    public static final List<String> KERNEL_ARGUMENTS = List.of(
            "rdinit=/jre/bin/java", "LD_LIBRARY_PATH=/jre/lib", "PATH=/usr/sbin", "sysctl.debug.exception-trace=0");
    /** Where programs are in the guest. */
    public static final String PROGRAMS = "/usr/sbin/";

    /** The arguments after {@code --} on the kernel command line. */
    public static final List<String> INIT_ARGUMENTS = List.of("@/agent/arguments");

    private static final List<String> FOLDERS = List.of("dev", "proc", "sys", "tmp", "modules");
    private final ImageCache cache;
    private final Consumer<String> progress;

    /**
     * Create a builder.
     *
     * @param cacheDir the folder under which images are kept, in {@code images}
     * @param progress gets a line before each step that takes seconds
     */
    public GuestImage(Path cacheDir, Consumer<String> progress) {
        cache = new ImageCache(cacheDir.resolve("images"));
        this.progress = progress;
    }

    /**
     * Return the image for a kernel with these modules; build it if it does not exist.
     *
     * @throws UntornException if a program is missing, or there is no space
     */
    public Path build(GuestModules modules) {
        return build(modules, List.of());
    }

    /**
     * Return the image for a kernel with these modules, with programs of the host in {@code /usr/sbin} and their libraries;
     * build it if it does not exist.
     *
     * @throws UntornException if a program is missing, or there is no space
     */
    public Path build(GuestModules modules, List<Path> others) {
        try {
            Path runtime = GuestRuntime.in(cache, progress);
            List<Path> programs = new ArrayList<>(others);
            programs.add(requireProgram("mkfs.ext4", "e2fsprogs"));
            programs.add(requireProgram("mkfs.xfs", "xfsprogs"));
            programs.add(requireProgram("e2fsck", "e2fsprogs"));
            programs.add(requireProgram("xfs_repair", "xfsprogs"));
            String recipe = recipe(runtime, programs, modules);
            Optional<Path> built = cache.byRecipe(recipe);
            if (built.isPresent()) {
                return built.get();
            }
            List<Path> libraries = libraries(runtime, programs);
            Path image = build(runtime, programs, libraries, modules);
            cache.remember(recipe, image, libraries);
            return image;
        } catch (IOException e) {
            throw UntornException.machinery("cannot build the guest image: " + e.getMessage(), e);
        }
    }

    /** Return a digest of the inputs, without reading them. It leaves out the libraries of programs, which take long to find. */
    private static String recipe(Path runtime, List<Path> programs, GuestModules modules) {
        Digest inputs = new Digest().add(runtime.toString());
        List<Path> files = new ArrayList<>(AgentCode.sources());
        files.addAll(programs);
        modules.boot().forEach(module -> files.add(module.file()));
        inputs.add(String.valueOf(modules.boot().size()));
        modules.later().forEach(module -> files.add(module.file()));
        FileStamps.of(files).forEach(inputs::add);
        return inputs.shortHex();
    }

    private Path build(Path runtime, List<Path> programs, List<Path> libraries, GuestModules modules)
            throws IOException {
        CpioImage runtimeImage = runtimeImage(runtime);
        Path agent = AgentCode.in(cache, runtime, progress);
        byte[] ours = programsImage(agent, programs, libraries).toBytes();
        byte[] kernelModules = modulesImage(modules).toBytes();
        Digest content =
                new Digest().add(runtime.getFileName().toString()).add(ours).add(kernelModules);
        long size = runtimeImage.size() + ours.length + kernelModules.length;
        return cache.get("guest-" + content.shortHex() + ".cpio", size, place -> {
            try (OutputStream output = new BufferedOutputStream(Files.newOutputStream(place))) {
                runtimeImage.writeTo(output);
                output.write(ours);
                output.write(kernelModules);
            }
        });
    }

    private static CpioImage runtimeImage(Path runtime) throws IOException {
        CpioImage image = new CpioImage().console().tree("jre/conf", runtime.resolve("conf"));
        FOLDERS.forEach(image::folder);
        return image.tree("jre/lib", runtime.resolve("lib")).file("jre/bin/java", runtime.resolve("bin/java"));
    }

    private static CpioImage programsImage(Path agent, List<Path> programs, List<Path> libraries) throws IOException {
        CpioImage image = new CpioImage().tree(AgentCode.FOLDER, agent.resolve(AgentCode.FOLDER));
        image.file("agent/arguments", AgentCode.arguments(agent).getBytes(UTF_8));
        for (Path program : programs) {
            image.file(PROGRAMS.substring(1) + program.getFileName(), program);
        }
        for (Path library : libraries) {
            image.file(library.toString().substring(1), library);
        }
        return image;
    }

    private static List<Path> libraries(Path runtime, List<Path> programs) throws IOException {
        return SharedLibraries.of(
                        Stream.concat(programs.stream(), elfFiles(runtime)).toList())
                .stream()
                .filter(library -> !library.startsWith(runtime))
                .toList();
    }

    private static CpioImage modulesImage(GuestModules modules) throws IOException {
        CpioImage image = new CpioImage();
        for (KernelModule module :
                Stream.concat(modules.boot().stream(), modules.later().stream()).toList()) {
            image.file("modules/" + module.name() + ".ko", module.content());
        }
        String boot =
                modules.boot().stream().map(module -> module.name() + "\n").collect(Collectors.joining());
        return image.file("modules/boot", boot.getBytes(UTF_8));
    }

    private static Path requireProgram(String name, String debianPackage) {
        return HostPrograms.find(name)
                .orElseThrow(() -> UntornException.caller(name
                        + " is not installed, and the guest needs it to make and check file systems. Install it: apt-get install "
                        + debianPackage));
    }

    private static Stream<Path> elfFiles(Path runtime) throws IOException {
        try (Stream<Path> files = Files.walk(runtime.resolve("lib"))) {
            List<Path> libraries =
                    files.filter(file -> file.toString().endsWith(".so")).toList();
            return Stream.concat(Stream.of(runtime.resolve("bin/java")), libraries.stream());
        }
    }
}
