package io.untorn.cli;

import io.untorn.conformance.result.ExitCode;
import io.untorn.vm.Cache;
import io.untorn.vm.cache.CacheFolder;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows and empties the cache. */
@Command(
        name = "cache",
        description = {
            "List the kernels, guest images and snapshots of machines that are kept for the next run, most recently used "
                    + "first. If they take more than UNTORN_CACHE_LIMIT (default 10G), the least recently used are removed, "
                    + "except those that another run uses.",
            ""
        })
final class CacheCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

    @ArgGroup
    private Removal removal = new Removal();

    /** What to remove. */
    private static final class Removal {
        @Option(names = "--clear", description = "Remove everything that no other run uses.")
        private boolean all;

        @Option(
                names = "--limit",
                paramLabel = "SIZE",
                description =
                        "Remove the least recently used entries until the rest takes no more than this: 500M, 20G.")
        private @Nullable String limit;
    }

    @Override
    public Integer call() {
        Path folder = CacheFolder.path();
        Cache cache = new Cache(folder, System.out::println);
        if (removal.all) {
            cache.keepWithin(0);
        } else if (removal.limit != null) {
            cache.keepWithin(Cache.size("--limit", removal.limit));
        }
        List<Cache.Entry> entries = cache.entries();
        for (Cache.Entry entry : entries) {
            System.out.printf("%s  %9s  %s%n", TIME.format(entry.lastUse()), megabytes(entry.bytes()), entry.about());
        }
        long total = entries.stream().mapToLong(Cache.Entry::bytes).sum();
        System.out.printf(
                "%s in %d entries of %s, of %s%n", megabytes(total), entries.size(), folder, megabytes(Cache.limit()));
        return ExitCode.CONFORMS.number();
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,d MiB", (bytes + (1 << 20) - 1) >> 20);
    }
}
