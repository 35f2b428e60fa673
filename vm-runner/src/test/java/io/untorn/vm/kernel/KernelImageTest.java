package io.untorn.vm.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelImageTest {
    private static final String RELEASE = "6.12.0-test+";

    @TempDir
    Path folder;

    @Test
    void readsTheRelease() throws IOException {
        assertThat(KernelImage.release(Files.write(folder.resolve("bzImage"), TestKernels.bzImage(RELEASE))))
                .isEqualTo(RELEASE);
    }

    @Test
    void refusesTextAndTruncatedImages() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "not a kernel\n".repeat(1000));
        Path stump = Files.write(folder.resolve("stump"), Arrays.copyOf(TestKernels.bzImage(RELEASE), 0x20f));
        Path unversioned = Files.write(folder.resolve("cut"), Arrays.copyOf(TestKernels.bzImage(RELEASE), 0x600));

        assertThatThrownBy(() -> KernelImage.release(text)).hasMessageContainingAll(text.toString(), "not a kernel");
        assertThatThrownBy(() -> KernelImage.release(stump)).hasMessageContaining("not a kernel");
        assertThatThrownBy(() -> KernelImage.release(unversioned)).hasMessageContaining("without a version");
        assertThatThrownBy(() -> KernelImage.release(folder.resolve("none"))).hasMessageContaining("Cannot read");
    }

    @Test
    void aFileAndItsModulesAreABootableKernel() throws IOException {
        Path image = Files.write(folder.resolve("bzImage"), TestKernels.bzImage(RELEASE));
        Path tree = TestKernels.tree(folder.resolve("lib/modules").resolve(RELEASE), RELEASE, "a.ko:\n", "");
        KernelSource source = new KernelSource(folder.resolve("cache"), line -> {});

        BootableKernel kernel = source.resolve(KernelRef.parse(image.toString(), Optional.of(folder)));

        assertThat(kernel.release()).isEqualTo(RELEASE);
        assertThat(kernel.modules().folder()).isEqualTo(tree);
        assertThat(kernel.modulesUnverified()).as("its modules are unverified").isFalse();
        assertThat(folder.resolve("cache")).doesNotExist();
    }

    @Test
    void aFileNeedsNoModulesForItsVersion() throws IOException {
        Path image = Files.write(folder.resolve("bzImage"), TestKernels.bzImage(RELEASE));
        KernelSource source = new KernelSource(folder.resolve("cache"), line -> {});

        assertThat(source.version(image.toString())).hasToString("6.12");
        assertThat(source.version("debian:7.3")).hasToString("7.3");
        assertThat(folder.resolve("cache")).doesNotExist();
    }
}
