package io.untorn.vm.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.vm.cache.CacheLocks;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedKernelTest {
    private static final int ENTRY = 18;

    @TempDir
    Path folder;

    private Path cache;
    private UnpackedKernel unpacked;

    @BeforeEach
    void create() {
        cache = folder.resolve("cache");
        unpacked = new UnpackedKernel(cache);
    }

    @Test
    void isKeptUnderANameThatUsersKnow() throws IOException {
        byte[] elf = TestKernels.elf("Xen", ENTRY);
        Path place = unpacked.of(kernel(elf)).orElseThrow();

        assertThat(place).hasBinaryContent(elf);
        assertThat(place.getFileName().toString()).matches("vmlinux-6\\.12\\.0-test\\+-[0-9a-f]{16}");
        CacheLocks.release(place);
    }

    @Test
    void isMadeOnceForAKernel() throws IOException {
        BootableKernel kernel = kernel(TestKernels.elf("Xen", ENTRY));
        Path place = unpacked.of(kernel).orElseThrow();
        Files.writeString(place, "made before");

        assertThat(unpacked.of(kernel)).hasValue(place);
        assertThat(place).hasContent("made before");
        Files.delete(place);
        assertThat(unpacked.of(kernel)).hasValue(place);
        assertThat(place).isNotEmptyFile();
        CacheLocks.release(place);
    }

    @Test
    void changesWithTheKernel() throws IOException {
        Path before = unpacked.of(kernel(TestKernels.elf("Xen", ENTRY))).orElseThrow();
        Path after = unpacked.of(kernel(TestKernels.elf("Xen", 1, ENTRY))).orElseThrow();

        assertThat(after).isNotEqualTo(before);
        CacheLocks.release(before);
        CacheLocks.release(after);
    }

    @Test
    void isEmptyIfTheKernelCannotStartDirectly() throws IOException {
        assertThat(unpacked.of(kernel(TestKernels.elf("Xen")))).isEmpty();
        assertThat(cache).doesNotExist();
    }

    @Test
    void namesTheKernelThatIsGone() throws IOException {
        BootableKernel kernel = kernel(TestKernels.elf("Xen", ENTRY));
        Files.delete(kernel.image());

        assertThatThrownBy(() -> unpacked.of(kernel))
                .isInstanceOf(UntornException.class)
                .hasMessageContaining("cannot read the kernel " + kernel.image());
    }

    private BootableKernel kernel(byte[] elf) throws IOException {
        Path image = Files.write(
                folder.resolve("bzImage"), TestKernels.bzImage(TestKernels.compress("elf.zst", elf), elf.length));
        Path modules = TestKernels.tree(folder.resolve("modules"), "6.12.0-test+", "", "");
        return new BootableKernel("mine", "6.12.0-test+", image, ModuleTree.open(modules), false);
    }
}
