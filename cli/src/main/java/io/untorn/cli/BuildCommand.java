package io.untorn.cli;

import io.untorn.conformance.result.ExitCode;
import io.untorn.vm.build.ConfigSet;
import io.untorn.vm.build.KernelBuild;
import io.untorn.vm.cache.CacheFolder;
import io.untorn.vm.kernel.KernelSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Builds a kernel for the guest. */
@Command(
        name = "build",
        description = {
            "Build a small kernel for the guest from a Linux source tree. The tree is not changed: if there are patches, or "
                    + "the tree was built in place, a copy is built. The output folder can be given to --kernel. "
                    + "ccache is used if it is installed.",
            ""
        })
final class BuildCommand implements Callable<Integer> {
    /** The names of the sets, for the help. */
    static final class SetNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ConfigSet.all().stream().map(ConfigSet::name).iterator();
        }
    }

    @Parameters(paramLabel = "TREE", description = "The top of a Linux source tree.")
    private Path tree = Path.of(".");

    @Option(
            names = "--set",
            paramLabel = "NAME",
            completionCandidates = SetNames.class,
            description =
                    "How to configure it: ${COMPLETION-CANDIDATES}. quick boots fastest; debug adds KASAN, lockdep, UBSAN, "
                            + "assertions and line numbers; coverage adds gcov and kcov. Default: ${DEFAULT-VALUE}",
            defaultValue = "quick")
    private String set = "quick";

    @Option(
            names = "--patch",
            paramLabel = "FILE",
            description =
                    "A diff, a mail or an mbox to apply to a copy of the tree. May be given several times; patches are applied in order.")
    private List<Path> patches = new ArrayList<>();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description =
                    "Where to build. Building again with the same tree and set compiles only what changed. Default: a folder in "
                            + "the cache for this tree, set and list of patches; its path is printed.")
    private @Nullable Path output;

    @Override
    public Integer call() {
        long start = System.nanoTime();
        BuildProgressLine progress = new BuildProgressLine();
        KernelBuild.Result built;
        try {
            built = KernelBuild.of(tree, ConfigSet.named(set), patches, output == null ? inCache() : output)
                    .run(progress);
        } finally {
            progress.end();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.println("built " + built.release() + " in " + BuildProgressLine.time(took) + "; run it with");
        System.out.println("./untorn run --kernel " + built.folder());
        return ExitCode.CONFORMS.number();
    }

    private Path inCache() {
        Path absolute = tree.toAbsolutePath().normalize();
        StringBuilder inputs = new StringBuilder(absolute.toString());
        patches.forEach(
                patch -> inputs.append('\n').append(patch.toAbsolutePath().normalize()));
        String digest = UUID.nameUUIDFromBytes(inputs.toString().getBytes(StandardCharsets.UTF_8))
                .toString()
                .substring(0, 8);
        String name = String.valueOf(absolute.getFileName()).replaceAll("[^\\w.+-]", "_");
        return CacheFolder.path().resolve(KernelSource.BUILDS).resolve(name + "-" + set + "-" + digest);
    }
}
