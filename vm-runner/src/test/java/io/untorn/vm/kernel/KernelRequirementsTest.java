package io.untorn.vm.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.kernelconfigs.RequiredOption;
import io.untorn.vm.host.UntornException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelRequirementsTest {
    private static final String RELEASE = "7.3.4-own";
    private static final String HEADER =
            "#\n# Automatically generated file; DO NOT EDIT.\n# Linux/x86 7.3.4 Kernel Configuration\n#\n";

    @TempDir
    Path folder;

    private Path modules;

    @BeforeEach
    void makeModules() throws IOException {
        modules = TestKernels.tree(folder.resolve("modules").resolve(RELEASE), RELEASE, "", "");
    }

    static List<RequiredOption> options() {
        return RequiredOption.all();
    }

    private static String config(List<RequiredOption> options) {
        StringBuilder text = new StringBuilder(HEADER);
        options.forEach(each -> text.append(each.option()).append("=y\n"));
        return text.toString();
    }

    private static String configWithout(RequiredOption missing) {
        List<RequiredOption> others = new ArrayList<>(RequiredOption.all());
        others.remove(missing);
        return config(others);
    }

    private BootableKernel kernel(Path image) throws IOException {
        return kernel(image, TestKernels.bzImage(RELEASE));
    }

    private BootableKernel kernel(Path image, byte[] content) throws IOException {
        Files.createDirectories(image.resolveSibling(""));
        Files.write(image, content);
        return new BootableKernel("own", RELEASE, image, ModuleTree.open(modules), false);
    }

    private static void assertLacks(BootableKernel kernel, RequiredOption missing) {
        assertThatThrownBy(() -> KernelRequirements.require(kernel))
                .isInstanceOfSatisfying(
                        UntornException.class, e -> assertThat(e.category()).isEqualTo(UntornException.Category.CALLER))
                .hasMessage("The kernel own was built without " + missing.option() + "=y: " + missing.reason()
                        + ". Build it again with that; `./untorn build TREE` sets all that is needed.");
    }

    @ParameterizedTest
    @MethodSource("options")
    void eachThatIsMissingIsNamed(RequiredOption missing) throws IOException {
        BootableKernel kernel = kernel(folder.resolve("vmlinuz"));
        Files.writeString(folder.resolve("config"), configWithout(missing));
        assertLacks(kernel, missing);
        Files.writeString(folder.resolve("config"), configWithout(missing) + missing.option() + "=m\n");
        assertLacks(kernel, missing);
        Files.writeString(folder.resolve("config"), configWithout(missing) + "# " + missing.option() + " is not set\n");
        assertLacks(kernel, missing);
        Files.writeString(folder.resolve("config"), config(options()));
        assertThatCode(() -> KernelRequirements.require(kernel)).doesNotThrowAnyException();
    }

    @Test
    void allThatAreMissingAreNamed() throws IOException {
        BootableKernel kernel = kernel(folder.resolve("vmlinuz"));
        Files.writeString(folder.resolve("config"), config(List.of()));
        assertThatThrownBy(() -> KernelRequirements.require(kernel))
                .hasMessageContainingAll(
                        options().stream().map(RequiredOption::option).toArray(String[]::new))
                .hasMessageContaining("Build it again with those");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config", "config-" + RELEASE, "../modules/" + RELEASE + "/config"})
    void theConfigurationMayBeBesideTheImageOrTheModules(String place) throws IOException {
        BootableKernel kernel = kernel(folder.resolve("boot/bzImage"));
        Files.writeString(
                folder.resolve("boot").resolve(place), configWithout(options().get(0)));
        assertLacks(kernel, options().get(0));
    }

    @Test
    void theConfigurationMayBeInTheTreeOfTheImage() throws IOException {
        BootableKernel kernel = kernel(folder.resolve("linux").resolve(BuiltKernelTree.IMAGE));
        Files.writeString(
                folder.resolve("linux/.config"), configWithout(options().get(0)));
        assertLacks(kernel, options().get(0));
    }

    static Stream<String> foreign() {
        return Stream.of("[core]\n\tbare = false\n", config(List.of()).replace("7.3.4", "6.12.1"), "");
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void aFileThatIsNotThisKernelsSaysNothing(String content) throws IOException {
        BootableKernel kernel = kernel(folder.resolve("vmlinuz"));
        Files.writeString(folder.resolve("config"), content);
        assertThatCode(() -> KernelRequirements.require(kernel)).doesNotThrowAnyException();
    }

    @Test
    void anUnknownConfigurationSaysNothing() throws IOException {
        BootableKernel kernel = kernel(folder.resolve("vmlinuz"));
        assertThat(KernelRequirements.configuration(kernel)).isEmpty();
        assertThatCode(() -> KernelRequirements.require(kernel)).doesNotThrowAnyException();
    }

    @Test
    void theConfigurationMayBeInTheImage() throws IOException {
        byte[] vmlinux = embedded(
                TestKernels.compress("config.gz", bytes(configWithout(options().get(0)))));
        BootableKernel kernel = kernel(
                folder.resolve("vmlinuz"),
                TestKernels.bzImage(TestKernels.compress("vmlinux.gz", vmlinux), vmlinux.length));
        assertThat(KernelRequirements.configuration(kernel)).hasValueSatisfying(lines -> assertThat(lines)
                .contains(options().get(1).option() + "=y"));
        assertLacks(kernel, options().get(0));
    }

    @Test
    void aBrokenConfigurationInTheImageSaysNothing() throws IOException {
        byte[] compressed = TestKernels.compress("config.gz", bytes(config(List.of())));
        compressed[compressed.length / 2] ^= 1;
        assertThat(EmbeddedConfig.in(embedded(compressed))).isEmpty();
        assertThat(EmbeddedConfig.in(new byte[10_000])).isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Return an uncompressed kernel with a configuration between its marks. */
    private static byte[] embedded(byte[] compressed) throws IOException {
        ByteArrayOutputStream vmlinux = new ByteArrayOutputStream();
        vmlinux.write(new byte[5000]);
        vmlinux.write(bytes("IKCFG_ST"));
        vmlinux.write(compressed);
        vmlinux.write(bytes("IKCFG_ED"));
        vmlinux.write(new byte[5000]);
        return vmlinux.toByteArray();
    }

    static Stream<RequiredOption> shown() {
        return options().stream().filter(option -> !option.sample().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("shown")
    void theConsoleOfAFailedBootNamesTheOption(RequiredOption option) {
        List<String> console = new ArrayList<>(List.of("[    0.1] Linux version 7.3.4-own"));
        if (!option.option().equals("CONFIG_BLK_DEV_INITRD")) {
            console.add("[    0.2] Trying to unpack rootfs image as initramfs...");
        }
        console.addAll(option.sample().lines().toList());
        console.add("[    3.0] reboot: Restarting system");
        assertThat(RequiredOption.shownBy(console)).contains(option);
    }

    @Test
    void otherFailuresNameNone() {
        assertThat(RequiredOption.shownBy(List.of())).isEmpty();
        assertThat(RequiredOption.shownBy(List.of(
                        "[    0.2] Trying to unpack rootfs image as initramfs...",
                        "[    1.9] Kernel panic - not syncing: VFS: Unable to mount root fs on unknown-block(0,0)")))
                .isEmpty();
        assertThat(RequiredOption.shownBy(List.of("java.io.IOException: Function not implemented", "\tat somewhere")))
                .isEmpty();
    }
}
