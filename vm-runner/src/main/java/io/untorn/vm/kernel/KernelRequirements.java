package io.untorn.vm.kernel;

import io.untorn.kernelconfigs.RequiredOption;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks, before a kernel boots, whether it was built with what a guest needs, as far as its configuration is known. */
public final class KernelRequirements {
    private static final Pattern HEADER = Pattern.compile("# Linux/\\S+ (\\S+) Kernel Configuration");
    private static final int LINES_OF_HEADER = 5;

    private KernelRequirements() {}

    /**
     * Require that a kernel was built with all options that a guest needs. One whose configuration is not known passes.
     *
     * @throws UntornException as the caller's mistake if it lacks one
     */
    public static void require(BootableKernel kernel) {
        configuration(kernel).ifPresent(config -> require(kernel.name(), config));
    }

    private static void require(String kernel, List<String> config) {
        List<RequiredOption> missing = RequiredOption.all().stream()
                .filter(required -> !required.isIn(config))
                .toList();
        if (!missing.isEmpty()) {
            throw UntornException.caller("The kernel " + kernel + " was built without "
                    + missing.stream().map(RequiredOption::toString).collect(Collectors.joining("; without "))
                    + ". Build it again with " + (missing.size() == 1 ? "that" : "those")
                    + "; `./untorn build TREE` sets all that is needed.");
        }
    }

    /** Return the lines of the kernel's configuration: of a file that says that it is this version's, else of the image. */
    static Optional<List<String>> configuration(BootableKernel kernel) {
        try {
            Optional<Path> file = kernel.config();
            if (file.isPresent()) {
                List<String> lines = Files.readAllLines(file.get());
                if (isOf(kernel.release(), lines)) {
                    return Optional.of(lines);
                }
            }
            return Vmlinux.payload(Files.readAllBytes(kernel.image())).flatMap(EmbeddedConfig::in);
        } catch (IOException e) {
            throw UntornException.caller("cannot read the kernel " + kernel.image() + " or its configuration: " + e);
        }
    }

    private static boolean isOf(String release, List<String> config) {
        return config.stream()
                .limit(LINES_OF_HEADER)
                .map(HEADER::matcher)
                .filter(Matcher::matches)
                .anyMatch(header -> release.startsWith(header.group(1)));
    }
}
