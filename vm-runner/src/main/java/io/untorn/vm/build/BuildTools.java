package io.untorn.vm.build;

import io.untorn.vm.host.HostPrograms;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The programs and headers that a kernel build needs. */
public final class BuildTools {
    /** A program or a header, and the Debian package that contains it. */
    private record Tool(String name, String debianPackage) {
        boolean isThere() {
            return name.endsWith(".h")
                    ? isHeader(name)
                    : HostPrograms.find(name).isPresent();
        }
    }

    private static final List<Tool> TOOLS = List.of(
            new Tool("gcc", "gcc"),
            new Tool("ld", "binutils"),
            new Tool("make", "make"),
            new Tool("flex", "flex"),
            new Tool("bison", "bison"),
            new Tool("bc", "bc"),
            new Tool("perl", "perl-base"),
            new Tool("patch", "patch"),
            new Tool("stdio.h", "libc6-dev"),
            // for objtool, which processes every object of an x86-64 kernel
            new Tool("gelf.h", "libelf-dev"));

    private BuildTools() {}

    /** Throw an error that names all packages to install, if something is missing. */
    static void requireInstalled() {
        missing().ifPresent(missing -> {
            throw UntornException.caller("To build a kernel, this machine lacks " + missing);
        });
    }

    /** Return what is missing, and the command that installs it. */
    public static Optional<String> missing() {
        List<Tool> missing = TOOLS.stream().filter(tool -> !tool.isThere()).toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(missing.stream().map(Tool::name).collect(Collectors.joining(", "))
                        + ": apt-get install --no-install-recommends "
                        + missing.stream().map(Tool::debianPackage).distinct().collect(Collectors.joining(" ")));
    }

    /** Return the compiler command with ccache, if that is installed. */
    static Optional<String> cachedCompiler() {
        return HostPrograms.find("ccache").map(ccache -> "ccache gcc");
    }

    private static boolean isHeader(String name) {
        try {
            return HostPrograms.find("gcc").isPresent()
                    && HostPrograms.run(List.of(
                                            "gcc", "-E", "-include", name, "-x", "c", "/dev/null", "-o", "/dev/null"))
                                    .exitCode()
                            == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
