package io.untorn.vm.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleTreeTest {
    private static final String RELEASE = "6.12.0-test";
    private static final String MODULES_DEP =
            """
            kernel/drivers/md/dm-mod.ko.xz:
            kernel/drivers/scsi/scsi_common.ko:
            kernel/drivers/scsi/scsi_mod.ko.zst: kernel/drivers/scsi/scsi_common.ko
            kernel/drivers/scsi/sd_mod.ko.gz: kernel/drivers/scsi/scsi_mod.ko.zst kernel/drivers/scsi/scsi_common.ko
            kernel/drivers/scsi/scsi_debug.ko: kernel/drivers/scsi/scsi_mod.ko.zst kernel/drivers/scsi/scsi_common.ko
            """;
    private static final String BUILT_IN = "kernel/fs/ext4/ext4.ko\nkernel/drivers/virtio/virtio-pci.ko\n";

    @TempDir
    Path root;

    @Test
    void loadsNeedsFirstAndEachOnce() throws IOException {
        ModuleTree tree = ModuleTree.open(TestKernels.tree(root, RELEASE, MODULES_DEP, BUILT_IN));

        assertThat(tree.closure(
                        List.of("scsi_debug", "sd-mod", "ext4", "virtio_pci", "dm_mod", "scsi_debug"), Map.of()))
                .extracting(KernelModule::name)
                .containsExactly("scsi_common", "scsi_mod", "scsi_debug", "sd_mod", "dm_mod");
    }

    @Test
    void readsEveryCompression() throws IOException {
        ModuleTree tree = ModuleTree.open(TestKernels.tree(root, RELEASE, MODULES_DEP, BUILT_IN));

        assertThat(tree.closure(List.of("dm-mod", "sd_mod", "scsi_debug"), Map.of()))
                .hasSize(5)
                .allSatisfy(module -> assertThat(module.content()).isEqualTo(TestKernels.module(RELEASE)));
    }

    @Test
    void endsOnACycle() throws IOException {
        ModuleTree tree = ModuleTree.open(TestKernels.tree(root, RELEASE, "a.ko: b.ko\nb.ko: a.ko\n", ""));

        assertThat(tree.closure(List.of("a"), Map.of()))
                .extracting(KernelModule::name)
                .containsExactly("b", "a");
    }

    @Test
    void namesTheMissingModuleItsTreeAndItsOption() throws IOException {
        ModuleTree tree = ModuleTree.open(TestKernels.tree(root, RELEASE, MODULES_DEP, BUILT_IN));

        assertThatThrownBy(() -> tree.closure(List.of("sd_mod", "xfs"), Map.of("xfs", "CONFIG_XFS_FS")))
                .isInstanceOfSatisfying(
                        UntornException.class, e -> assertThat(e.category()).isEqualTo(UntornException.Category.CALLER))
                .hasMessageContainingAll("'xfs'", root.toString(), "CONFIG_XFS_FS");
    }

    @Test
    void namesTheModuleThatCannotBeRead() throws IOException {
        ModuleTree tree = ModuleTree.open(TestKernels.tree(root, RELEASE, MODULES_DEP, BUILT_IN));
        Path broken = Files.writeString(root.resolve("kernel/drivers/md/dm-mod.ko.xz"), "not xz");

        assertThatThrownBy(
                        () -> tree.closure(List.of("dm_mod"), Map.of()).get(0).content())
                .hasMessageContaining(broken.toString());
    }

    @Test
    void isFoundByItselfItsParentAndItsRoot() throws IOException {
        Path folder = TestKernels.tree(root.resolve("lib/modules").resolve(RELEASE), RELEASE, MODULES_DEP, BUILT_IN);

        assertThat(List.of(folder, folder.getParent(), root))
                .allSatisfy(given ->
                        assertThat(ModuleTree.find(given, RELEASE).folder()).isEqualTo(folder));
    }

    @Test
    void isTakenByReleaseAmongOthers() throws IOException {
        Path folder = TestKernels.tree(root.resolve(RELEASE), RELEASE, MODULES_DEP, BUILT_IN);
        TestKernels.tree(root.resolve("7.3.4"), "7.3.4", MODULES_DEP, BUILT_IN);

        assertThat(ModuleTree.find(root, RELEASE).folder()).isEqualTo(folder);
    }

    @Test
    void refusesModulesOfAnotherRelease() throws IOException {
        Path folder = TestKernels.tree(root.resolve("lib/modules/7.3.4"), "7.3.4", MODULES_DEP, BUILT_IN);

        assertThat(List.of(folder, folder.getParent(), root))
                .allSatisfy(given -> assertThatThrownBy(() -> ModuleTree.find(given, RELEASE))
                        .hasMessageContainingAll("7.3.4", RELEASE));
    }

    @Test
    void asksModulesNotTheFolderForTheRelease() throws IOException {
        Path folder = TestKernels.tree(root.resolve("copied"), "7.3.4", MODULES_DEP, BUILT_IN);

        assertThat(ModuleTree.find(folder, "7.3.4").release()).isEqualTo("7.3.4");
    }

    @Test
    void advisesDepmod() throws IOException {
        Path folder = Files.createDirectories(
                root.resolve("lib/modules").resolve(RELEASE).resolve("kernel"));

        assertThat(List.of(folder.getParent(), root))
                .allSatisfy(given -> assertThatThrownBy(() -> ModuleTree.find(given, RELEASE))
                        .hasMessageContaining("depmod -b " + root + " " + RELEASE));
    }

    @Test
    void advisesWhereModulesMayBe() {
        assertThatThrownBy(() -> ModuleTree.find(root, RELEASE))
                .hasMessageContainingAll("no kernel modules in " + root, "modules.dep", "modules_install");
    }
}
