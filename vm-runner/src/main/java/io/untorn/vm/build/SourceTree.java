package io.untorn.vm.build;

import io.untorn.vm.host.Architecture;
import io.untorn.vm.host.HostPrograms;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A kernel source tree of the user, which is only read.
 *
 * @param folder the top of the tree
 */
record SourceTree(Path folder) {
    /** The folder in {@code arch} of the architecture that kernels are built for. */
    static final String ARCHITECTURE = Architecture.GUEST.kernelName();

    private static final List<String> PARTS =
            List.of("Makefile", "Kconfig", "scripts/kconfig/Makefile", "arch/" + ARCHITECTURE + "/Kconfig");

    /** If any of these exists, the kernel's Makefile refuses to build in another folder. */
    private static final List<String> BUILT_IN_PLACE =
            List.of(".config", "include/config", "arch/" + ARCHITECTURE + "/include/generated");

    private static final Pattern LEFT_BY_BUILD = Pattern.compile(
            ".*\\.(o|ko|a|cmd|mod|mod\\.c|dwo|gcno|gcda)|vmlinux(\\.(bin|map|unstripped))?|System\\.map|\\.tmp_.*");

    /**
     * Open a tree.
     *
     * @throws UntornException as the caller's mistake if it is none
     */
    static SourceTree open(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(absolute)) {
            throw UntornException.caller("There is no folder " + folder + ": name the top of a Linux source tree.");
        }
        List<String> missing = PARTS.stream()
                .filter(part -> !Files.isRegularFile(absolute.resolve(part)))
                .toList();
        if (!missing.isEmpty()) {
            String elsewhere = Files.isDirectory(absolute.resolve("source"))
                    ? " It looks like the output of a build; the tree is " + absolute.resolve("source") + "."
                    : "";
            throw UntornException.caller(folder + " is not a Linux source tree: it lacks "
                    + String.join(", ", missing) + "." + elsewhere + " Name the top of a tree, as git or Debian's"
                    + " linux-source package gives it.");
        }
        return new SourceTree(absolute);
    }

    /** Return the version in its Makefile: {@code 7.3.4}, {@code 7.4.0-rc2}. */
    String version() {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("Makefile"));
            String numbers = Stream.of("VERSION", "PATCHLEVEL", "SUBLEVEL")
                    .map(name -> makefileValue(lines, name))
                    .collect(Collectors.joining("."));
            return numbers + makefileValue(lines, "EXTRAVERSION");
        } catch (IOException e) {
            throw UntornException.caller("Cannot read " + folder.resolve("Makefile") + ": " + e);
        }
    }

    private static String makefileValue(List<String> lines, String name) {
        Pattern assignment = Pattern.compile(name + "\\s*=\\s*(\\S*)\\s*");
        return lines.stream()
                .map(assignment::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElse("");
    }

    /** Tell whether it was configured or built in place, so that {@code make O=} refuses it. */
    boolean wasBuiltInPlace() {
        return BUILT_IN_PLACE.stream().anyMatch(name -> Files.exists(folder.resolve(name)));
    }

    /**
     * Return the source files, relative to the top: in git, tracked files and new ones that are not ignored, committed or
     * not; without git, all files but those that a build leaves.
     */
    List<Path> files() throws IOException {
        return gitFiles().orElseGet(() -> {
            List<Path> files = new ArrayList<>();
            try {
                Files.walkFileTree(folder, new Collector(folder, files));
            } catch (IOException e) {
                throw UntornException.caller("Cannot read " + folder + ": " + e);
            }
            return files;
        });
    }

    private Optional<List<Path>> gitFiles() throws IOException {
        if (HostPrograms.find("git").isEmpty()) {
            return Optional.empty();
        }
        // A tree inside another repository does not count as one in git
        HostPrograms.Output top = git("rev-parse", "--show-cdup");
        if (top.exitCode() != 0 || !top.text().isBlank()) {
            return Optional.empty();
        }
        HostPrograms.Output listed = git("ls-files", "-z", "--cached", "--others", "--exclude-standard");
        if (listed.exitCode() != 0) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(listed.text().split("\0"))
                .filter(name -> !name.isEmpty())
                .distinct()
                .map(Path::of)
                .filter(name -> Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS))
                .filter(name -> !Files.isDirectory(folder.resolve(name), LinkOption.NOFOLLOW_LINKS))
                .toList());
    }

    private HostPrograms.Output git(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git", "--no-optional-locks", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        return HostPrograms.run(command);
    }

    private static final class Collector extends SimpleFileVisitor<Path> {
        private final Path top;
        private final List<Path> files;

        Collector(Path top, List<Path> files) {
            this.top = top;
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return folder.equals(top.resolve(".git")) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            if (!LEFT_BY_BUILD.matcher(name).matches()) {
                files.add(top.relativize(file));
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
