package io.untorn.vm.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltKernelTreeTest {
    private static final String RELEASE = "7.3.4-mine";
    private static final String MAKEFILE =
            """
            modules_install:
            	mkdir -p $(INSTALL_MOD_PATH)/lib/modules/7.3.4-mine/kernel/fs
            	cp fs/xfs.ko $(INSTALL_MOD_PATH)/lib/modules/7.3.4-mine/kernel/fs/xfs.ko
            	test "$(INSTALL_MOD_STRIP)" = 1
            """;

    @TempDir
    Path cache;

    @TempDir
    Path build;

    private final List<String> progress = new ArrayList<>();

    @BeforeEach
    void buildKernel() throws IOException {
        write("Kconfig", "");
        write("Makefile", MAKEFILE);
        write(".config", "CONFIG_MODULES=y\n");
        write("modules.order", "fs/xfs.o\n");
        Files.write(Files.createDirectories(build.resolve("fs")).resolve("xfs.ko"), TestKernels.module(RELEASE));
        writeImage(RELEASE);
    }

    @Test
    void installsTheModulesBesideACopyOfTheImage() throws IOException {
        BootableKernel kernel = resolve();

        assertThat(kernel.name()).isEqualTo(RELEASE);
        assertThat(kernel.release()).isEqualTo(RELEASE);
        assertThat(kernel.modulesUnverified()).as("its modules are unverified").isFalse();
        assertThat(kernel.image()).startsWith(cache).hasBinaryContent(TestKernels.bzImage(RELEASE));
        assertThat(kernel.config()).get().satisfies(config -> assertThat(config).hasContent("CONFIG_MODULES=y"));
        assertThat(kernel.modules().closure(List.of("xfs"), Map.of())).hasSize(1);
        assertThat(progress).singleElement().asString().contains("installing the modules of " + build);
    }

    @Test
    void takesTheSameBuildOnce() {
        Path first = resolve().image();

        assertThat(resolve().image()).isEqualTo(first);
        assertThat(progress).hasSize(1);
    }

    @Test
    void aNewBuildLeavesTheOldOneToItsRuns() throws IOException {
        BootableKernel old = resolve();
        write("fs/xfs.ko", new String(TestKernels.module(RELEASE), StandardCharsets.US_ASCII) + "new");

        assertThat(resolve().image()).isNotEqualTo(old.image());
        assertThat(old.image()).exists();
        assertThat(old.modules().closure(List.of("xfs"), Map.of()).get(0).content())
                .isEqualTo(TestKernels.module(RELEASE));
    }

    @Test
    void keepsTheLastThreeBuilds() throws IOException {
        for (int day = 1; day <= 5; day++) {
            Files.setLastModifiedTime(build.resolve("arch/x86/boot/bzImage"), FileTime.fromMillis(day * 86_400_000L));
            Path taken = resolve().image().getParent();
            Files.setLastModifiedTime(taken, FileTime.fromMillis(day));
        }

        try (Stream<Path> kept = Files.list(cache.resolve("kernels"))) {
            assertThat(kept.map(folder -> folder.toFile().lastModified())).containsExactlyInAnyOrder(3L, 4L, 5L);
        }
    }

    @Test
    void aKernelWithoutModulesHasThemBuiltIn() throws IOException {
        write(".config", "# CONFIG_MODULES is not set\n");
        write("modules.builtin", "kernel/fs/xfs/xfs.ko\nkernel/drivers/scsi/scsi_debug.ko\n");

        ModuleTree modules = resolve().modules();

        assertThat(modules.closure(List.of("xfs", "scsi_debug"), Map.of())).isEmpty();
        assertThat(modules).matches(tree -> tree.isBuiltIn("scsi-debug"), "has scsi_debug built in");
        assertThat(modules.release()).isEqualTo(RELEASE);
        assertThatThrownBy(() -> modules.closure(List.of("ext4"), Map.of("ext4", "CONFIG_EXT4_FS")))
                .hasMessageContaining("CONFIG_EXT4_FS");
    }

    @Test
    void saysThatATreeWasNotBuilt() throws IOException {
        Files.delete(build.resolve("arch/x86/boot/bzImage"));

        assertMistake(this::resolve).hasMessageContainingAll("was not built", "make", "./untorn build " + build);
    }

    @Test
    void saysThatAFolderIsNoTree() throws IOException {
        Path other = Files.createDirectory(build.resolve("empty"));

        assertMistake(() -> new BuiltKernelTree(cache, progress::add).resolve(other))
                .hasMessageContainingAll("no kernel tree", "debian:newest");
    }

    @Test
    void saysThatModulesWereNotBuilt() throws IOException {
        Files.delete(build.resolve("modules.order"));

        assertMistake(this::resolve).hasMessageContainingAll("modules", "were not built", "make modules");
    }

    @Test
    void saysThatAModuleIsMissing() throws IOException {
        Files.delete(build.resolve("fs/xfs.ko"));

        assertMistake(this::resolve).hasMessageContainingAll("incomplete", "xfs.ko");
    }

    @Test
    void saysThatImageAndModulesAreOfDifferentBuilds() throws IOException {
        writeImage("7.4.0");

        assertMistake(this::resolve).hasMessageContainingAll("different builds", "7.4.0");
        try (Stream<Path> kept = Files.list(cache.resolve("kernels"))) {
            assertThat(kept).isEmpty();
        }
    }

    @Test
    void passesOnMakesError() throws IOException {
        write("Makefile", "modules_install:\n\t@echo 'sign-file: error: no key' >&2; exit 1\n");

        assertMistake(this::resolve).hasMessageContaining("sign-file: error: no key");
    }

    private BootableKernel resolve() {
        return new BuiltKernelTree(cache, progress::add).resolve(build);
    }

    private void writeImage(String release) throws IOException {
        Path image = build.resolve("arch/x86/boot/bzImage");
        Files.createDirectories(image.getParent());
        Files.write(image, TestKernels.bzImage(release));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(build.resolve(name), text);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertMistake(ThrowingCallable call) {
        return assertThatThrownBy(call).isInstanceOfSatisfying(UntornException.class, e -> assertThat(e.category())
                .isEqualTo(UntornException.Category.CALLER));
    }
}
