package io.untorn.cli;

import io.untorn.conformance.result.ExitCode;
import io.untorn.vm.cache.CacheFolder;
import io.untorn.vm.kernel.BootableKernel;
import io.untorn.vm.kernel.DebianKernel;
import io.untorn.vm.kernel.KernelRef;
import io.untorn.vm.kernel.KernelSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists Debian's kernels, and fetches one. */
@Command(
        name = "kernels",
        description = {
            "List the cloud kernels that Debian's archive offers, newest first, and those in the cache, downloaded or built. "
                    + "Each name can be given to --kernel.",
            ""
        },
        subcommands = KernelsCommand.Fetch.class)
final class KernelsCommand implements Callable<Integer> {
    private static KernelSource source() {
        return new KernelSource(CacheFolder.path(), System.err::println);
    }

    @Override
    public Integer call() {
        KernelSource source = source();
        Map<String, String> lines = new LinkedHashMap<>();
        source.debianKernels().forEach(kernel -> lines.put("debian:" + kernel.version(), state(kernel)));
        source.builds().forEach(built -> lines.put(built.folder().toString(), "built, " + built.release()));
        int width = lines.keySet().stream().mapToInt(String::length).max().orElse(1);
        lines.forEach((ref, state) -> System.out.println(
                String.format(Locale.ROOT, "%-" + width + "s  %s", ref, state).stripTrailing()));
        return ExitCode.CONFORMS.number();
    }

    private static String state(DebianKernel kernel) {
        if (!kernel.offered()) {
            return "cached, no longer offered";
        }
        return kernel.kept() ? "cached" : "";
    }

    /** Fetches a kernel. */
    @Command(
            name = "fetch",
            description = {"Download a kernel into the cache, so that a later run needs no network.", ""})
    static final class Fetch implements Callable<Integer> {
        @Parameters(
                paramLabel = "REF",
                description = "The kernel, as run --kernel takes it: debian:7.3, debian:newest, …")
        private String ref = "debian:newest";

        @Option(
                names = "--modules",
                paramLabel = "DIR",
                description = "The modules of a bzImage file: the folder that holds modules.dep, or one above it.")
        private @Nullable Path modules;

        @Override
        public Integer call() {
            BootableKernel kernel = source().resolve(KernelRef.parse(ref, Optional.ofNullable(modules)));
            System.out.println(kernel.name() + " (" + kernel.release() + ") is in "
                    + kernel.image().toAbsolutePath().getParent());
            return ExitCode.CONFORMS.number();
        }
    }
}
