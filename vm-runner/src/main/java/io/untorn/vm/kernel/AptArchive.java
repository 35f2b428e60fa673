package io.untorn.vm.kernel;

import io.untorn.vm.host.Architecture;
import io.untorn.vm.host.Command;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Downloads packages with apt, so that signatures and hashes are checked. apt keeps its state in a folder of our own: the
 * host's lists, cache and preferences are neither used nor changed.
 */
final class AptArchive implements DebianArchive {
    private static final String STAMP = "refreshed";
    private static final Command APT_GET = new Command("apt-get", "apt");
    private static final Command APT_CACHE = new Command("apt-cache", "apt");
    private static final Command APT_HELPER = new Command("apt-helper", "apt");
    private static final Command DPKG = new Command("dpkg", "dpkg");

    private static final Pattern KERNEL_PART =
            Pattern.compile("linux-(image|base|binary|modules)-\\d.*" + Architecture.GUEST.cloudFlavour());
    private static final Pattern RELEASE_FILE =
            Pattern.compile("(?m)^(Get|Hit|Err):\\d+ (\\S+ \\S+) (?:In)?Release\\b");
    private static final Pattern PRINTED_URI = Pattern.compile("(?m)^'([^']+)' \\S+ \\d+ (\\S+:\\S+)");

    private final Path folder;
    private final Optional<String> mirror;
    private final Consumer<String> progress;
    private Optional<String> sources = Optional.empty();

    /**
     * Keep apt's state in a folder.
     *
     * @param mirror URI of a Debian archive to use instead of that of the host's apt
     * @param progress gets a line about suites that were left out
     */
    AptArchive(Path folder, Optional<String> mirror, Consumer<String> progress) {
        this.folder = folder.toAbsolutePath();
        this.mirror = mirror;
        this.progress = progress;
    }

    /** Compare Debian versions as dpkg does, negative if the first is the older. */
    static int compareVersions(String one, String other) {
        if (one.equals(other)) {
            return 0;
        }
        return DPKG.run(List.of("--compare-versions", one, "lt", other)).exitCode() == 0 ? -1 : 1;
    }

    @Override
    public Optional<Instant> refreshed() {
        Path stamp = folder.resolve(STAMP);
        try {
            return Files.exists(stamp) && Files.readString(stamp).equals(sources())
                    ? Optional.of(Files.getLastModifiedTime(stamp).toInstant())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> edition() {
        try (Stream<Path> settings = Files.walk(Path.of("/etc/apt"), 2)) {
            StringBuilder edition = new StringBuilder(mirror.orElse(""));
            for (Path path : Stream.concat(Stream.of(folder.resolve(STAMP)), settings.sorted())
                    .toList()) {
                edition.append(' ').append(path).append('=').append(Files.getLastModifiedTime(path));
            }
            return Optional.of(edition.toString());
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void refresh() {
        configure();
        Command.Result update = apt(APT_GET, "update");
        List<MatchResult> releases =
                RELEASE_FILE.matcher(update.output()).results().toList();
        List<String> failed = releases.stream()
                .filter(release -> release.group(1).equals("Err"))
                .map(release -> release.group(2))
                .toList();
        if (releases.stream()
                .map(release -> release.group(2))
                .filter(suite -> !suite.endsWith("-security"))
                .allMatch(failed::contains)) {
            throw UntornException.machinery("No suite of the Debian archive could be read; apt says: "
                    + update.complaint() + ". Check the network and /etc/apt, or set UNTORN_DEBIAN_MIRROR.");
        }
        if (!failed.isEmpty() || update.exitCode() != 0) {
            progress.accept("part of the Debian archive is left out; apt says: " + update.complaint());
        }
        // Refresh again soon only if a suite could not be fetched, not if the mirror never had it
        if (!update.errors().contains("Failed to fetch")) {
            write(STAMP, sources());
        }
    }

    @Override
    public List<KernelPackage> packages() {
        List<String> show = new ArrayList<>(List.of("show"));
        check(apt(APT_CACHE, "pkgnames", "linux-"), "list packages")
                .lines()
                .filter(name -> KERNEL_PART.matcher(name).matches())
                .sorted()
                .forEach(show::add);
        return show.size() == 1
                ? List.of()
                : KernelPackage.parse(check(apt(APT_CACHE, show.toArray(String[]::new)), "describe packages"));
    }

    @Override
    public void download(KernelPackage listed, Path target) {
        MatchResult place = place(listed);
        fetch(place.group(1), target, List.of(place.group(2)));
    }

    @Override
    public void downloadUnlisted(String name, KernelPackage sibling, Path target) {
        String uri = place(sibling).group(1);
        String pool = uri.substring(0, uri.lastIndexOf('/'))
                .replaceFirst("/linux-signed(.*)-" + Architecture.GUEST.debianName() + "$", "/linux$1");
        String file = name + "_" + sibling.version() + "_" + Architecture.GUEST.debianName() + ".deb";
        fetch(pool + "/" + file.replace("+", "%2b").replace("~", "%7e"), target, List.of());
    }

    private MatchResult place(KernelPackage listed) {
        String name = listed.name() + "=" + listed.version();
        String printed = check(apt(APT_GET, "download", "--print-uris", name), "find " + name);
        Matcher matcher = PRINTED_URI.matcher(printed);
        if (!matcher.find()) {
            throw UntornException.machinery("apt does not say where " + name + " is: " + printed);
        }
        return matcher.toMatchResult();
    }

    private void fetch(String uri, Path target, List<String> hash) {
        List<String> arguments = new ArrayList<>(List.of("download-file", uri, target.toString()));
        arguments.addAll(hash);
        check(apt(APT_HELPER, arguments.toArray(String[]::new)), "fetch " + uri);
    }

    private Command.Result apt(Command command, String... arguments) {
        List<String> line =
                new ArrayList<>(List.of("-c", folder.resolve("apt.conf").toString(), "-q"));
        line.addAll(List.of(arguments));
        return command.run(line);
    }

    private static String check(Command.Result result, String what) {
        if (result.exitCode() != 0) {
            throw UntornException.machinery("apt could not " + what + ": " + result.complaint());
        }
        return result.output();
    }

    private String sources() {
        String text = sources.orElseGet(() -> AptSources.ofThisMachine(mirror).deb822());
        sources = Optional.of(text);
        return text;
    }

    private void configure() {
        // Read after the host's own files (-c): proxies stay, and settings that reach outside the folder are cleared
        write(
                "apt.conf",
                """
                Dir::State "%1$s/state";
                Dir::State::lists "lists";
                Dir::State::status "%1$s/status";
                Dir::Cache "%1$s/cache";
                Dir::Cache::pkgcache "pkgcache.bin";
                Dir::Cache::srcpkgcache "";
                Dir::Etc::sourcelist "/dev/null";
                Dir::Etc::sourceparts "%1$s/sources";
                Dir::Etc::preferences "/dev/null";
                Dir::Etc::preferencesparts "/dev/null";
                APT::Sandbox::User "root";
                APT::Architecture "%2$s";
                #clear APT::Architectures;
                APT::Architectures { "%2$s"; };
                Acquire::GzipIndexes "true";
                #clear APT::Update::Pre-Invoke;
                #clear APT::Update::Post-Invoke;
                #clear APT::Update::Post-Invoke-Success;
                """
                        .formatted(folder, Architecture.GUEST.debianName()));
        write("status", "");
        write("sources/debian.sources", sources());
        write("state/lists/partial/.keep", "");
        write("cache/archives/partial/.keep", "");
    }

    private void write(String name, String content) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, content);
        } catch (IOException e) {
            throw UntornException.machinery(
                    "Cannot write " + file + " for apt (" + e + "): free space there or make the folder writable.", e);
        }
    }
}
