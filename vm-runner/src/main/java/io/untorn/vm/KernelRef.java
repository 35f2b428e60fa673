package io.untorn.vm;

import io.untorn.model.KernelVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Name a kernel, as {@code --kernel} takes it. {@link KernelSource} turns the name into a kernel that boots. */
public sealed interface KernelRef permits KernelRef.Debian, KernelRef.ImageFile {

    /**
     * Name the newest of Debian's cloud kernels whose version starts with these components.
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

        /** Tell whether the version is this one or continues it at a component's end: 6.1 has 6.1.170, not 6.12. */
        boolean matches(String candidate) {
            return candidate.startsWith(version)
                    && (version.isEmpty()
                            || candidate.length() == version.length()
                            || !Character.isLetterOrDigit(candidate.charAt(version.length())));
        }

        /** Return the version of Linux that the start of a version tells; empty if it does not tell both numbers. */
        Optional<KernelVersion> linux() {
            return version.matches("\\d+\\.\\d.*") ? Optional.of(KernelVersion.parse(version)) : Optional.empty();
        }

        @Override
        public String toString() {
            return "debian:" + (version.isEmpty() ? "newest" : version);
        }
    }

    /**
     * Name a kernel in a file.
     *
     * @param image an x86 bzImage
     * @param modules the folder of its modules: one with {@code modules.dep}, its parent, or the root that
     *     {@code make modules_install} wrote to
     */
    record ImageFile(Path image, Path modules) implements KernelRef {}

    /** What may be written, for messages. */
    String POSSIBLE = "Possible are debian:newest, debian:6.12, debian:7.3.4, debian:7.3.4-1~bpo13+1, "
            + "or a bzImage file together with the folder of its modules.";

    /**
     * Read a reference.
     *
     * @param ref {@code debian}, {@code debian:newest}, {@code debian:VERSION}, or the path of a bzImage
     * @param modules the folder of the modules; goes with a bzImage, and only with it
     * @throws UntornException as the caller's mistake if it is none of these
     */
    static KernelRef parse(String ref, Optional<Path> modules) {
        if (ref.equals("debian") || ref.startsWith("debian:")) {
            if (modules.isPresent()) {
                throw UntornException.caller("'" + ref + "' brings its own modules: leave out the folder "
                        + modules.get() + ", or name a bzImage file.");
            }
            return debian(ref);
        }
        Path image = Path.of(ref);
        if (!Files.isRegularFile(image)) {
            String what = Files.isDirectory(image) ? "is a folder, not a kernel" : "is neither a version nor a file";
            throw UntornException.caller("'" + ref + "' " + what + ". " + POSSIBLE);
        }
        return new ImageFile(
                image,
                modules.orElseThrow(() -> UntornException.caller("The kernel " + ref
                        + " needs its modules: name the folder that holds modules.dep, or the folder that"
                        + " `make modules_install INSTALL_MOD_PATH=DIR` wrote to.")));
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
