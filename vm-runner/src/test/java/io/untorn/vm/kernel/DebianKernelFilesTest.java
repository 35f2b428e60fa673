package io.untorn.vm.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebianKernelFilesTest {
    private static final String RELEASE = "7.3.4-mine";
    private static final String TREE = "./usr/lib/modules/" + RELEASE + "/";

    @TempDir
    Path folder;

    private final List<String> progress = new ArrayList<>();

    @Test
    void takesOnePackageWithAll() throws IOException {
        Path deb = deb(
                "linux-image.deb",
                Map.of(
                        "./boot/vmlinuz-" + RELEASE,
                        TestKernels.bzImage(RELEASE),
                        "./boot/config-" + RELEASE,
                        new byte[1],
                        "./lib/modules/" + RELEASE + "/kernel/xfs.ko",
                        TestKernels.module(RELEASE)));

        BootableKernel kernel = resolve(deb);

        assertThat(kernel.name()).isEqualTo(RELEASE);
        assertThat(kernel.config()).isPresent();
        assertThat(kernel.modules().closure(List.of("xfs"), Map.of())).hasSize(1);
        assertThat(kernel.modulesUnverified())
                .as("its modules are unverified, though the user vouches for them")
                .isFalse();
    }

    @Test
    void takesImageAndModulesOfTwoPackagesOnce() throws IOException {
        Path image = imageAlone();
        Path modules = deb("linux-modules.deb", Map.of(TREE + "kernel/xfs.ko", TestKernels.module(RELEASE)));

        Path first = resolve(image, modules).image();

        assertThat(resolve(image, modules).image()).isEqualTo(first);
        assertThat(progress).singleElement().asString().contains("unpacking " + image);
    }

    @Test
    void saysThatTheModulesAreMissing() throws IOException {
        Path image = imageAlone();

        assertMistake(image).hasMessageContainingAll(RELEASE, "add their package with a comma", "linux-modules-");
        try (Stream<Path> kept = Files.list(folder.resolve("cache/kernels"))) {
            assertThat(kept).isEmpty();
        }
    }

    @Test
    void saysThatThereIsNoKernel() throws IOException {
        assertMistake(deb("linux-headers.deb", Map.of("./usr/src/x", new byte[1])))
                .hasMessageContainingAll("no kernel in", "linux-headers.deb", "linux-image-");
    }

    @Test
    void saysThatAFileIsNoPackage() throws IOException {
        assertMistake(Files.writeString(folder.resolve("text.deb"), "no package"))
                .hasMessageContainingAll("text.deb", "package");
        Path whole = imageAlone();
        byte[] start = Arrays.copyOf(Files.readAllBytes(whole), 250);
        assertMistake(Files.write(folder.resolve("cut.deb"), start)).hasMessageContainingAll("cut.deb", "package");
    }

    private Path imageAlone() throws IOException {
        return deb("linux-binary.deb", Map.of(TREE + "vmlinuz", TestKernels.bzImage(RELEASE)));
    }

    private Path deb(String name, Map<String, byte[]> files) throws IOException {
        Path deb = folder.resolve(name);
        TestKernels.deb(deb, "data.tar.xz", files);
        return deb;
    }

    private BootableKernel resolve(Path... packages) {
        return new DebianKernelFiles(folder.resolve("cache"), progress::add).resolve(List.of(packages));
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertMistake(Path deb) {
        return assertThatThrownBy(() -> resolve(deb))
                .isInstanceOfSatisfying(UntornException.class, e -> assertThat(e.category())
                        .isEqualTo(UntornException.Category.CALLER));
    }
}
