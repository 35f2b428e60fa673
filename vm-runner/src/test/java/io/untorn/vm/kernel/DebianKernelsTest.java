package io.untorn.vm.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebianKernelsTest {
    private static final String INDEX =
            """
            Package: linux-image-6.12-cloud-amd64
            Version: 6.12.117-1
            Installed-Size: 10
            Depends: linux-image-6.12.117+deb13-cloud-amd64 (= 6.12.117-1)
            Size: 1512

            Package: linux-image-6.1.0-56-cloud-amd64
            Version: 6.1.192-2
            Installed-Size: 4
            Depends: kmod, linux-base (>= 4.3~), initramfs-tools (>= 0.120+deb8u2) | linux-initramfs-tool
            Description: Linux 6.1
             continued: here
            Size: 2000

            Package: linux-image-6.12.117+deb13-cloud-amd64
            Version: 6.12.117-1
            Installed-Size: 4
            Depends: kmod
            Size: 2000

            Package: linux-image-6.12.90+deb13-cloud-amd64
            Version: 6.12.90-1
            Installed-Size: 4
            Depends: kmod
            Size: 2000

            Package: linux-image-7.1.13+deb13-cloud-amd64
            Version: 7.1.13-1~bpo13+1
            Installed-Size: 4
            Depends: kmod, linux-base-7.1.13+deb13-cloud-amd64 (= 7.1.13-1~bpo13+1), linux-binary-7.1.13+deb13-cloud-amd64 (= 7.1.13-1~bpo13+1), linux-modules-7.1.13+deb13-cloud-amd64 (= 7.1.13-1~bpo13+1)
            Size: 2000

            Package: linux-binary-7.1.13+deb13-cloud-amd64
            Version: 7.1.13-1~bpo13+1
            Installed-Size: 4
            Size: 2000
            """;

    @TempDir
    Path cache;

    private final List<String> progress = new CopyOnWriteArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    /** An archive in memory, with packages as Debian lays them out. */
    private final class FakeArchive implements DebianArchive {
        private final List<String> fetched = new ArrayList<>();
        private Optional<Instant> refreshed = Optional.empty();
        private int refreshes;
        private boolean reachable = true;
        private String data = "data.tar.xz";
        private long sizeOf612 = 2000;
        private Optional<String> edition = Optional.empty();
        private int looks;

        @Override
        public Optional<String> edition() {
            return edition;
        }

        @Override
        public Optional<Instant> refreshed() {
            return refreshed;
        }

        @Override
        public void refresh() {
            refreshes++;
            if (!reachable) {
                throw UntornException.machinery("no route to the archive");
            }
            refreshed = Optional.of(now);
        }

        @Override
        public List<KernelPackage> packages() {
            looks++;
            return KernelPackage.parse(INDEX.replace("Size: 2000", "Size: " + sizeOf612));
        }

        @Override
        public void download(KernelPackage listed, Path target) {
            write(listed.name(), target);
        }

        @Override
        public void downloadUnlisted(String name, KernelPackage sibling, Path target) {
            write(name, target);
        }

        private void write(String name, Path target) {
            if (!reachable) {
                throw UntornException.machinery("no route to the archive");
            }
            fetched.add(name);
            String release = name.replaceFirst("linux-(image|base|binary|modules)-", "");
            String tree = "./usr/lib/modules/" + release + "/";
            byte[] image = TestKernels.bzImage(release);
            byte[] module = TestKernels.module(release);
            Map<String, byte[]> files =
                    switch (kindOf(name)) {
                        case "image" ->
                            Map.of(
                                    "./boot/vmlinuz-" + release,
                                    image,
                                    "./boot/config-" + release,
                                    new byte[1],
                                    "./lib/modules/" + release + "/kernel/a.ko",
                                    module,
                                    "./usr/share/doc/x",
                                    new byte[1]);
                        case "base" -> Map.of(tree + "config", new byte[1], tree + "modules.builtin", new byte[0]);
                        case "binary" -> Map.of(tree + "vmlinuz", image);
                        default -> Map.of(tree + "kernel/a.ko", module);
                    };
            try {
                TestKernels.deb(target, data, files);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final FakeArchive archive = new FakeArchive();

    @Test
    void takesTheNewestThatMatches() {
        assertThat(resolve("6.12").release()).isEqualTo("6.12.117+deb13-cloud-amd64");
        assertThat(resolve("6.1").name()).isEqualTo("debian-6.1.192-2");
        assertThat(resolve("").name()).isEqualTo("debian-7.1.13-1~bpo13+1");
        assertThat(archive.refreshes).isEqualTo(1);
        assertThat(progress).contains("fetching linux-image-6.1.0-56-cloud-amd64 (0.0 MB)");
    }

    @Test
    void looksForAVersionOnceInAnEdition() {
        archive.edition = Optional.of("first");
        String found = resolve("6.12").name();
        int looks = archive.looks;
        assertThat(resolve("6.12").name()).isEqualTo(found);
        assertThat(archive.looks).isEqualTo(looks);
        archive.edition = Optional.of("second");
        assertThat(resolve("6.12").name()).isEqualTo(found);
        assertThat(archive.looks).isGreaterThan(looks);
    }

    @Test
    void looksForAVersionAgainWhenTheIndexIsOld() {
        archive.edition = Optional.of("first");
        resolve("6.12");
        now = now.plus(Duration.ofHours(25));
        resolve("6.12");
        assertThat(archive.refreshes).isEqualTo(2);
    }

    @Test
    void keepsOnlyWhatBoots() throws IOException {
        BootableKernel kernel = resolve("6.12.117");

        Path folder = cache.resolve("kernels/debian-6.12.117-1");
        assertThat(kernel.image()).isEqualTo(folder.resolve("vmlinuz")).isRegularFile();
        assertThat(kernel.config()).contains(folder.resolve("config"));
        try (Stream<Path> kept = Files.list(folder)) {
            assertThat(kept.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("vmlinuz", "config", "lib");
        }
        try (Stream<Path> kernels = Files.list(folder.getParent())) {
            assertThat(kernels).containsExactly(folder);
        }
    }

    @Test
    void readsEveryCompressionOfPackages() {
        for (String data : List.of("data.tar", "data.tar.gz", "data.tar.zst", "data.tar.xz")) {
            archive.data = data;
            assertThat(at(cache.resolve(data))
                            .resolve(new KernelRef.Debian("6.1"))
                            .modules()
                            .closure(List.of("a"), Map.of()))
                    .hasSize(1);
        }
    }

    @Test
    void fetchesTheDependencies() {
        BootableKernel kernel = resolve("7.1");

        assertThat(archive.fetched).extracting(DebianKernelsTest::kindOf).containsExactly("base", "binary", "modules");
        assertThat(kernel.modulesUnverified()).as("its modules are unverified").isTrue();
        assertThat(kernel.modules().closure(List.of("a"), Map.of())).hasSize(1);
        assertThat(progress).anySatisfy(line -> assertThat(line).contains("linux-modules-7.1.13", "unverified"));
        assertThat(resolve("7.1").modulesUnverified())
                .as("its modules are unverified")
                .isTrue();
        assertThat(resolve("6.12").modulesUnverified())
                .as("its modules are unverified")
                .isFalse();
    }

    @Test
    void listsWhatIsOfferedAndWhatIsKept() throws IOException {
        resolve("6.1");
        Files.createDirectories(cache.resolve("kernels/debian-5.10.1-1"));
        Files.createDirectories(cache.resolve("kernels/tree-0123-4567"));

        assertThat(at(cache).list())
                .containsExactly(
                        new DebianKernel("7.1.13-1~bpo13+1", true, false),
                        new DebianKernel("6.12.117-1", true, false),
                        new DebianKernel("6.12.90-1", true, false),
                        new DebianKernel("6.1.192-2", true, true),
                        new DebianKernel("5.10.1-1", false, true));
        assertThat(archive.fetched).hasSize(1);
    }

    @Test
    void findsAVersionWithoutFetching() {
        assertThat(at(cache).version(new KernelRef.Debian("9.9"))).hasToString("9.9");
        assertThat(archive.refreshes).isZero();

        assertThat(at(cache).version(new KernelRef.Debian(""))).hasToString("7.1");
        assertThat(archive.refreshes).isEqualTo(1);
        assertThat(archive.fetched).isEmpty();
    }

    @Test
    void needsNoIndexForAnExactVersionItHas() {
        resolve("6.1.192-2");
        archive.reachable = false;
        archive.refreshed = Optional.empty();
        archive.refreshes = 0;

        assertThat(resolve("6.1.192-2").release()).isEqualTo("6.1.0-56-cloud-amd64");
        assertThat(archive.refreshes).isZero();
    }

    @Test
    void continuesWithAnOldIndex() {
        resolve("6.1");
        archive.reachable = false;
        now = now.plus(Duration.ofHours(23));
        resolve("6.1");
        assertThat(archive.refreshes).isEqualTo(1);

        now = now.plus(Duration.ofHours(2));
        assertThat(resolve("6.1").name()).isEqualTo("debian-6.1.192-2");
        assertThat(progress.get(progress.size() - 1)).contains("2026-01-01", "no route to the archive");
    }

    @Test
    void failsWithoutAnyIndex() {
        archive.reachable = false;

        assertThatThrownBy(() -> resolve("6.1"))
                .isInstanceOfSatisfying(UntornException.class, e -> assertThat(e.category())
                        .isEqualTo(UntornException.Category.MACHINERY))
                .hasMessage("no route to the archive");
    }

    @Test
    void looksAgainThenNamesWhatIsOffered() {
        resolve("6.1");

        assertThatThrownBy(() -> resolve("99.9"))
                .isInstanceOfSatisfying(
                        UntornException.class, e -> assertThat(e.category()).isEqualTo(UntornException.Category.CALLER))
                .hasMessageContaining("6.1, 6.12, 7.1");
        assertThatThrownBy(() -> resolve("6.12.9")).hasMessageContaining("6.12.90-1, 6.12.117-1");
        assertThat(archive.refreshes).isEqualTo(3);
    }

    @Test
    void leavesNothingHalfDone() throws IOException {
        resolve("6.1");
        archive.reachable = false;

        assertThatThrownBy(() -> resolve("6.12")).hasMessage("no route to the archive");
        try (Stream<Path> kernels = Files.list(cache.resolve("kernels"))) {
            assertThat(kernels).containsExactly(cache.resolve("kernels/debian-6.1.192-2"));
        }
    }

    @Test
    void clearsWhatACrashLeft() throws IOException {
        TestKernels.write(cache.resolve("kernels/.partial/tree/lib/modules/x/y.ko"), new byte[1]);

        assertThat(resolve("6.1").modules().closure(List.of("a"), Map.of())).hasSize(1);
        assertThat(cache.resolve("kernels/debian-6.1.192-2/lib/modules/x")).doesNotExist();
    }

    @Test
    void reportsAFullDisk() {
        archive.sizeOf612 = Long.MAX_VALUE / 2;

        assertThatThrownBy(() -> resolve("6.1"))
                .isInstanceOfSatisfying(UntornException.class, e -> assertThat(e.category())
                        .isEqualTo(UntornException.Category.MACHINERY))
                .hasMessageContainingAll(cache.resolve("kernels").toString(), "MB are free");
        assertThat(archive.fetched).isEmpty();
        assertThat(cache.resolve("kernels")).isEmptyDirectory();
    }

    @Test
    void twoAtOnceFetchOnce() {
        List<CompletableFuture<BootableKernel>> runs = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> resolve("6.1")))
                .limit(2)
                .toList();

        assertThat(runs).allSatisfy(run -> assertThat(run.join().name()).isEqualTo("debian-6.1.192-2"));
        assertThat(archive.fetched).hasSize(1);
    }

    @Test
    void refusesAPackageThatWritesElsewhere() throws IOException {
        Path deb = cache.resolve("evil.deb");
        TestKernels.deb(deb, "data.tar.xz", Map.of("./lib/modules/../../../escaped", new byte[1]));

        assertThatThrownBy(() -> DebianPackageFile.extractKernel(deb, cache.resolve("tree")))
                .hasMessageContaining("outside its folder");
        assertThat(cache.resolve("../escaped")).doesNotExist();
    }

    private static String kindOf(String packageName) {
        return packageName.replaceFirst("linux-(\\w+)-.*", "$1");
    }

    private BootableKernel resolve(String version) {
        return at(cache).resolve(new KernelRef.Debian(version));
    }

    private DebianKernels at(Path folder) {
        return new DebianKernels(folder, archive, byNumbers(), () -> now, progress::add);
    }

    /** The order of dpkg, for the versions used here. */
    private static Comparator<String> byNumbers() {
        return Comparator.comparing(version -> Pattern.compile("\\d+")
                .matcher(version)
                .replaceAll(number -> String.format("%05d", Integer.parseInt(number.group()))));
    }
}
