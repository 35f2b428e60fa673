package io.untorn.vm.kernel;

import io.untorn.model.target.KernelVersion;
import io.untorn.vm.host.UntornException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The name of a kernel for {@code --kernel}. {@link KernelSource} resolves it to a kernel that boots. */
public sealed interface KernelRef
        permits KernelRef.Debian, KernelRef.ImageFile, KernelRef.BuiltTree, KernelRef.DebianFiles {

    /**
     * The newest of Debian's cloud kernels whose version starts with these components.
     *
     * @param version the start of a Debian version, {@code 6.12} or {@code 7.3.4-1~bpo13+1}; empty for any
     */
    record Debian(String version) implements KernelRef {
        private static final Pattern VERSION = Pattern.compile("(\\d([A-Za-z0-9.+~-]*[A-Za-z0-9])?)?");

        public Debian {
            if (!VERSION.matcher(version).matches()) {
                throw UntornException.caller("'" + version + "' is not a Debian kernel version. " + POSSIBLE);
            }
        }

        /** Tell whether a version starts with these components: 6.1 matches 6.1.170, not 6.12. */
        boolean matches(String candidate) {
            return candidate.startsWith(version)
                    && (version.isEmpty()
                            || candidate.length() == version.length()
                            || !Character.isLetterOrDigit(candidate.charAt(version.length())));
        }

        /** Return the version of Linux; empty if fewer than two components are given. */
        Optional<KernelVersion> linux() {
            return version.matches("\\d+\\.\\d.*") ? Optional.of(KernelVersion.parse(version)) : Optional.empty();
        }

        @Override
        public String toString() {
            return "debian:" + (version.isEmpty() ? "newest" : version);
        }
    }

    /**
     * A kernel in a file.
     *
     * @param image an x86 bzImage
     * @param modules the folder of its modules: one with {@code modules.dep}, its parent, or the root that
     *     {@code make modules_install} wrote to
     */
    record ImageFile(Path image, Path modules) implements KernelRef {}

    /**
     * A kernel in its build folder.
     *
     * @param folder the top of a tree built in place, or the folder that {@code make O=} built in
     */
    record BuiltTree(Path folder) implements KernelRef {}

    /**
     * A kernel in Debian packages.
     *
     * @param files the package of the image, and those of the modules if they are separate
     */
    record DebianFiles(List<Path> files) implements KernelRef {
        public DebianFiles {
            files = List.copyOf(files);
        }
    }

    /** The valid names, for messages. */
    String POSSIBLE = "Possible names: debian:newest, debian:6.12, debian:7.3.4, debian:7.3.4-1~bpo13+1, "
            + "the folder of a built kernel tree, .deb files separated by commas, "
            + "or a bzImage file together with the folder of its modules.";

    /**
     * Parse a name.
     *
     * @param ref {@code debian}, {@code debian:newest}, {@code debian:VERSION}, the folder of a built kernel tree, {@code
     *     .deb} files separated by commas, or the path of a bzImage
     * @param modules the folder of the modules; goes with a bzImage, and only with it
     * @throws UntornException as the caller's mistake if it is none of these
     */
    static KernelRef parse(String ref, Optional<Path> modules) {
        if (ref.equals("debian") || ref.startsWith("debian:")) {
            requireNoModules(ref, modules);
            return debian(ref);
        }
        if (Arrays.stream(ref.split(",", -1)).allMatch(file -> file.endsWith(".deb"))) {
            requireNoModules(ref, modules);
            return debianFiles(ref);
        }
        Path image = Path.of(ref);
        if (Files.isDirectory(image)) {
            requireNoModules(ref, modules);
            return new BuiltTree(image);
        }
        if (!Files.isRegularFile(image)) {
            throw UntornException.caller("'" + ref + "' is neither a version nor a file. " + POSSIBLE);
        }
        return new ImageFile(
                image,
                modules.orElseThrow(() -> UntornException.caller("The kernel " + ref
                        + " needs its modules: name the folder that holds modules.dep, or the folder that"
                        + " `make modules_install INSTALL_MOD_PATH=DIR` wrote to.")));
    }

    /**
     * Return the files that distinguish builds of a kernel; none if its version does.
     *
     * @param ref as {@link #parse} takes it
     */
    static List<Path> files(String ref) {
        if (ref.endsWith(".deb")) {
            return packages(ref);
        }
        Path path = Path.of(ref);
        return Stream.of(path, path.resolve(BuiltKernelTree.IMAGE))
                .filter(Files::isRegularFile)
                .toList();
    }

    private static List<Path> packages(String ref) {
        return Arrays.stream(ref.split(",")).map(Path::of).toList();
    }

    private static void requireNoModules(String ref, Optional<Path> modules) {
        if (modules.isPresent()) {
            throw UntornException.caller("'" + ref + "' brings its own modules: leave out the folder " + modules.get()
                    + ", or name a bzImage file.");
        }
    }

    private static KernelRef debianFiles(String ref) {
        List<Path> files = packages(ref);
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw UntornException.caller("There is no file " + file + ". " + POSSIBLE);
            }
        }
        return new DebianFiles(files);
    }

    private static KernelRef debian(String ref) {
        if (ref.equals("debian") || ref.equals("debian:newest")) {
            return new Debian("");
        }
        String version = ref.substring("debian:".length());
        if (version.isEmpty()) {
            throw UntornException.caller("'" + ref + "' lacks the version. " + POSSIBLE);
        }
        return new Debian(version);
    }
}
