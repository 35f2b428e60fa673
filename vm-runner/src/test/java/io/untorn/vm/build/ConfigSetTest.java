package io.untorn.vm.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.kernelconfigs.RequiredOption;
import io.untorn.kernelconfigs.TargetMatrix;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigSetTest {
    static List<ConfigSet> sets() {
        return ConfigSet.all();
    }

    @Test
    void thereAreThree() {
        assertThat(sets()).extracting(ConfigSet::name).containsExactly("quick", "debug", "coverage");
    }

    @ParameterizedTest
    @MethodSource("sets")
    void everyOptionHasItsReasonAndOneValue(ConfigSet set) {
        List<ConfigFragment.WantedOption> wanted = set.load().stream()
                .flatMap(fragment -> fragment.wanted().stream())
                .toList();

        assertThat(wanted).isNotEmpty().allSatisfy(each -> assertThat(each.reason())
                .hasSizeGreaterThan(10));
        Map<String, Set<String>> values = wanted.stream()
                .map(ConfigFragment.WantedOption::option)
                .collect(Collectors.groupingBy(
                        ConfigOption::name, Collectors.mapping(ConfigOption::value, Collectors.toSet())));
        assertThat(values).allSatisfy((name, each) -> assertThat(each).as(name).hasSize(1));
        assertThat(set.fragments()).doesNotHaveDuplicates();
        assertThat(set.about()).isNotBlank();
        assertThat(set.objects()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("sets")
    void everySetHasWhatTheTargetsNeed(ConfigSet set) {
        List<String> on = set.load().stream()
                .flatMap(fragment -> fragment.wanted().stream())
                .map(each -> each.option().toString())
                .toList();

        assertThat(on)
                .containsAll(TargetMatrix.load().kconfig().values().stream()
                        .map(option -> option + "=y")
                        .toList())
                .containsAll(RequiredOption.all().stream()
                        .map(required -> required.option() + "=y")
                        .toList());
    }

    @Test
    void everyFragmentIsInASet() throws IOException, URISyntaxException {
        URI base = Objects.requireNonNull(ConfigSet.class.getResource("/io/untorn/kernelconfigs/fragments/base.config"))
                .toURI();
        if (base.getScheme().equals("jar")) {
            try (FileSystem jar = FileSystems.newFileSystem(base, Map.of())) {
                assertEachIsInASet(jar.provider().getPath(base).getParent());
            }
        } else {
            assertEachIsInASet(Path.of(base).getParent());
        }
    }

    private static void assertEachIsInASet(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> !name.startsWith("fake-"))
                            .map(name -> name.replace(".config", "")))
                    .isNotEmpty()
                    .isSubsetOf(sets().stream()
                            .flatMap(set -> set.fragments().stream())
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    void anUnknownSetListsTheKnownOnes() {
        assertThatThrownBy(() -> ConfigSet.named("fast"))
                .hasMessage("no set 'fast'; there are: quick, debug, coverage");
    }

    @Test
    void anOptionNeedsAReason() {
        assertThatThrownBy(() -> ConfigFragment.parse("x", "# Why\nCONFIG_A=y\n\nCONFIG_B=y\n"))
                .hasMessageContaining("does not say why: CONFIG_B=y");
        assertThatThrownBy(() -> ConfigFragment.parse("x", "# Why\nCONFIG_A y\n"))
                .hasMessageContaining("CONFIG_A y");
        assertThat(ConfigFragment.parse("x", "# Why\n# not\nCONFIG_A=y\n# CONFIG_B is not set\n")
                        .wanted())
                .isEqualTo(Arrays.asList(
                        new ConfigFragment.WantedOption(new ConfigOption("CONFIG_A", "y"), "Why not"),
                        new ConfigFragment.WantedOption(new ConfigOption("CONFIG_B", "n"), "Why not")));
    }
}
