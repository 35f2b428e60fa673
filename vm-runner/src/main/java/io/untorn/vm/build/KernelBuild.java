package io.untorn.vm.build;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.untorn.vm.host.Architecture;
import io.untorn.vm.host.FileTrees;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Build a kernel from a source tree, without changing the tree.
 *
 * <p>The result is a build folder as {@code make O=} makes it. Building there again compiles only what changed.
 *
 * <pre>{@code
 * KernelBuild.Result built = KernelBuild.of(tree, ConfigSet.named("quick"), List.of(), output).run(listener);
 * built.release() // 7.3.4-quick
 * }</pre>
 */
public final class KernelBuild {
    private static final String RECORD = "untorn-build.json";
    private static final String LOG = "untorn-build.log";
    private static final String LOCK = "untorn-build.lock";
    private static final String OPTIONS = "untorn.config";
    private static final String PATCHED_SOURCE = "patched-source";
    private static final Pattern COMPILED = Pattern.compile("\\s+CC\\s.*");
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * A built kernel.
     *
     * @param folder the folder for {@code --kernel}
     * @param release what {@code uname -r} will say
     * @param compiled the number of files that were compiled
     */
    public record Result(Path folder, String release, int compiled) {}

    /** What was built in a folder: objects of another tree or set must not stay in it. */
    private record Origin(String tree, String version, String set, boolean copied) {}

    private final SourceTree tree;
    private final ConfigSet set;
    private final List<PatchFile> patches;
    private final Path output;
    private final Path log;

    KernelBuild(Path tree, ConfigSet set, List<Path> patches, Path output) {
        this.tree = SourceTree.open(tree);
        this.set = set;
        this.patches = patches.stream().map(PatchFile::open).toList();
        this.output = output.toAbsolutePath().normalize();
        this.log = this.output.resolve(LOG);
        if (this.output.startsWith(this.tree.folder())) {
            throw UntornException.caller("The build would write into the tree " + tree
                    + ", which must not change: name a folder outside it with --output.");
        }
        if (this.output.toString().matches(".*[\\s:].*")) {
            throw UntornException.caller(
                    "Cannot build in '" + this.output + "': the kernel's Makefile allows no blank and"
                            + " no colon in a path. Name another folder with --output.");
        }
    }

    /**
     * Check what a build needs; nothing is written yet.
     *
     * @param tree the top of a source tree
     * @param set the configuration
     * @param patches changes to make, in order, to a copy of the tree
     * @param output where to build: an earlier build's folder, an empty one, or one that does not exist
     * @throws UntornException as the caller's mistake if one of these is not usable, or a program is missing
     */
    public static KernelBuild of(Path tree, ConfigSet set, List<Path> patches, Path output) {
        KernelBuild build = new KernelBuild(tree, set, patches, output);
        BuildTools.requireInstalled();
        return build;
    }

    /**
     * Build.
     *
     * @throws UntornException as the caller's mistake if a patch does not apply, the tree cannot be configured as the set
     *     asks, or does not compile
     */
    @SuppressWarnings("try")
    public Result run(BuildListener listener) {
        claim();
        try (FileChannel channel =
                        FileChannel.open(output.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            Files.deleteIfExists(log);
            deleteOtherBuild();
            Path source = source(listener);
            configure(source, listener);
            return compile(source, listener);
        } catch (IOException e) {
            throw UntornException.machinery(
                    "Cannot build in " + output + " (" + e + "): free space there or make the folder writable.", e);
        }
    }

    private void claim() {
        try {
            if (Files.isDirectory(output) && Files.notExists(output.resolve(RECORD))) {
                try (Stream<Path> entries = Files.list(output)) {
                    if (entries.findAny().isPresent()) {
                        throw UntornException.caller("The folder " + output + " holds something that no build of untorn"
                                + " made: name an empty one with --output.");
                    }
                }
            }
            Files.createDirectories(output);
            if (Files.notExists(output.resolve(RECORD))) {
                write(origin());
            }
        } catch (IOException e) {
            throw UntornException.caller(
                    "Cannot build in " + output + ": " + e + ". Name another folder with --output.");
        }
    }

    private FileLock lock(FileChannel channel) throws IOException {
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Treated like a lock of another process
        }
        if (lock == null) {
            throw UntornException.caller(
                    "Another build runs in " + output + ": wait for its end, or name another folder with --output.");
        }
        return lock;
    }

    private Origin origin() {
        return new Origin(tree.folder().toString(), tree.version(), set.name(), isCopied());
    }

    private boolean isCopied() {
        return !patches.isEmpty() || tree.wasBuiltInPlace();
    }

    private void deleteOtherBuild() throws IOException {
        Origin before = JSON.readValue(output.resolve(RECORD).toFile(), Origin.class);
        if (before.equals(origin())) {
            return;
        }
        try (Stream<Path> entries = Files.list(output)) {
            entries.filter(entry ->
                            !Set.of(RECORD, LOCK).contains(entry.getFileName().toString()))
                    .forEach(FileTrees::delete);
        }
        write(origin());
    }

    private void write(Origin origin) throws IOException {
        Files.writeString(
                output.resolve(RECORD), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(origin) + "\n");
    }

    /** Return the folder to build from: the tree itself, or a copy if something in it has to change. */
    private Path source(BuildListener listener) throws IOException {
        if (!isCopied()) {
            return tree.folder();
        }
        Path copied = output.resolve(PATCHED_SOURCE);
        SourceCopy copy = new SourceCopy(copied);
        copy.copy(tree, listener);
        for (PatchFile patch : patches) {
            Path work = Files.createTempDirectory(output, "mails-");
            try {
                patch.apply(copied, work);
            } finally {
                FileTrees.delete(work);
            }
        }
        if (tree.wasBuiltInPlace()) {
            require(make(copied).run(List.of("mrproper"), line -> {}), "clean the copy of " + tree.folder());
        }
        return copied;
    }

    private void configure(Path source, BuildListener listener) throws IOException {
        listener.progress("configuring Linux " + tree.version() + " as " + set.name() + ": "
                + String.join(", ", set.fragments()));
        List<ConfigFragment> fragments = new ArrayList<>(set.load());
        fragments.add(ConfigFragment.parse(
                set.name(), "# The release names the set\nCONFIG_LOCALVERSION=\"-" + set.name() + "\"\n"));
        Make make = make(source);
        require(make.run(List.of("tinyconfig"), line -> {}), "configure " + tree.folder());
        List<ConfigOption> asked = fragments.stream()
                .flatMap(fragment -> Stream.concat(
                        fragment.oldNames().stream(),
                        fragment.wanted().stream().map(ConfigFragment.WantedOption::option)))
                .toList();
        Path config = output.resolve(".config");
        Files.writeString(output.resolve(OPTIONS), lines(asked));
        Set<String> names = asked.stream().map(ConfigOption::name).collect(Collectors.toSet());
        String others = Files.readAllLines(config).stream()
                .filter(line -> ConfigOption.parse(line)
                        .filter(option -> names.contains(option.name()))
                        .isEmpty())
                .collect(Collectors.joining("\n", "", "\n"));
        Files.writeString(config, others + lines(asked));
        require(make.run(List.of("olddefconfig"), line -> {}), "configure " + tree.folder());
        List<String> unmet =
                UnmetOptions.explain(fragments, KernelConfig.read(config), source, SourceTree.ARCHITECTURE);
        if (!unmet.isEmpty()) {
            throw UntornException.caller("Linux " + tree.version() + " in " + tree.folder()
                    + " can't be configured as " + set.name() + "; " + unmet.size()
                    + (unmet.size() == 1 ? " option does" : " options do") + " not have the wanted value:\n  "
                    + String.join("\n  ", unmet) + "\nThe resulting configuration is " + config + ".");
        }
    }

    private static String lines(List<ConfigOption> options) {
        return options.stream().map(ConfigOption::toString).distinct().collect(Collectors.joining("\n", "", "\n"));
    }

    private Result compile(Path source, BuildListener listener) throws IOException {
        boolean first = Files.notExists(output.resolve("vmlinux"));
        int jobs = Runtime.getRuntime().availableProcessors();
        listener.progress("building with " + jobs + " jobs"
                + (BuildTools.cachedCompiler().isPresent() ? " and ccache" : "") + ", all output goes to " + log);
        List<String> targets = new ArrayList<>(List.of("-j" + jobs, Architecture.GUEST.bootImage()));
        boolean hasModules = KernelConfig.read(output.resolve(".config"))
                .value("CONFIG_MODULES")
                .equals("y");
        if (hasModules) {
            targets.add("modules");
        }
        int[] compiled = new int[1];
        Make.Result made = make(source).run(targets, line -> {
            if (COMPILED.matcher(line).matches()) {
                listener.compiled(++compiled[0], first ? Math.max(set.objects(), compiled[0]) : 0);
            }
        });
        require(made, "build " + tree.folder());
        String release = Files.readString(output.resolve("include/config/kernel.release"))
                .strip();
        return new Result(output, release, compiled[0]);
    }

    private Make make(Path source) {
        List<String> variables = new ArrayList<>();
        BuildTools.cachedCompiler().ifPresent(compiler -> {
            variables.add("CC=" + compiler);
            variables.add("HOSTCC=" + compiler);
        });
        return new Make(source, output, log, variables);
    }

    private void require(Make.Result made, String what) {
        if (made.exitCode() != 0) {
            made.endedFromOutside().ifPresent(line -> {
                throw UntornException.machinery("make could not " + what + ", because one of its programs was killed: "
                        + line + ". Is there enough memory? Run again: compiled files are kept (all output: " + log
                        + ").");
            });
            throw UntornException.caller("make could not " + what + ": "
                    + made.firstError().orElse("it ended with " + made.exitCode()) + " (all output: " + log + ")");
        }
    }
}
