package io.untorn.vm.build;

import io.untorn.vm.HostPrograms;
import io.untorn.vm.UntornException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What this machine needs to build a kernel. */
final class BuildTools {
    /** A program or a header, and the Debian package that brings it. */
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
            // objtool, which goes over every object of an x86-64 kernel
            new Tool("gelf.h", "libelf-dev"));

    private BuildTools() {}

    /** Throw the error that names all packages to install, if something is missing. */
    static void requireInstalled() {
        List<String> missing = new ArrayList<>();
        TreeSet<String> packages = new TreeSet<>();
        for (Tool tool : TOOLS) {
            if (!tool.isThere()) {
                missing.add(tool.name());
                packages.add(tool.debianPackage());
            }
        }
        if (!missing.isEmpty()) {
            throw UntornException.caller("To build a kernel, this machine lacks " + String.join(", ", missing)
                    + ": apt-get install --no-install-recommends " + String.join(" ", packages));
        }
    }

    /** Return the compiler for make: through ccache, if that is installed. */
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
