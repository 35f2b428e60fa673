package io.untorn.vm.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.untorn.model.target.KernelVersion;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelRefTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "6.1, 6.1.192-2, true",
        "6.1, 6.12.117-1, false",
        "6.12.9, 6.12.90-1, false",
        "6.12.90, 6.12.90-2~bpo12+1, true",
        "7.3.4-1, 7.3.4-1~bpo13+1, true",
        "7.3.4-1~bpo13+1, 7.3.4-1~bpo13+1, true",
        "7.3.4-1~bpo13+1, 7.3.4-1, false",
        "6, 7.6.1-1, false",
    })
    void matchesWholeComponents(String version, String candidate, boolean matches) {
        assertThat(new KernelRef.Debian(version).matches(candidate)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({"7.3, 7.3", "6.12.117-1~deb13u1, 6.12", "6, ", "'', "})
    void hasAVersionIfItNamesBothNumbers(String version, String linux) {
        assertThat(new KernelRef.Debian(version).linux())
                .isEqualTo(Optional.ofNullable(linux).map(KernelVersion::parse));
    }

    @ParameterizedTest
    @ValueSource(strings = {"debian", "debian:newest"})
    void newestMatchesAll(String ref) {
        assertThat(KernelRef.parse(ref, Optional.empty()))
                .isEqualTo(new KernelRef.Debian(""))
                .hasToString("debian:newest");
        assertThat(new KernelRef.Debian("")).matches(newest -> newest.matches("6.1.192-2"), "matches any version");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"debian:", "debian:../../etc", "debian:6.12.", "debian:latest", "debain:6.12", "/no/such/file"})
    void listsTheValidForms(String ref) {
        assertThatThrownBy(() -> KernelRef.parse(ref, Optional.empty()))
                .isInstanceOfSatisfying(
                        UntornException.class, e -> assertThat(e.category()).isEqualTo(UntornException.Category.CALLER))
                .hasMessageContainingAll("debian:newest", "bzImage");
    }

    @Test
    void modulesGoWithAFileAndOnlyWithIt() throws IOException {
        Path image = Files.writeString(folder.resolve("bzImage"), "");

        assertThat(KernelRef.parse(image.toString(), Optional.of(folder)))
                .isEqualTo(new KernelRef.ImageFile(image, folder));
        assertThatThrownBy(() -> KernelRef.parse(image.toString(), Optional.empty()))
                .hasMessageContaining("needs its modules");
        assertThatThrownBy(() -> KernelRef.parse("debian:6.12", Optional.of(folder)))
                .hasMessageContaining("brings its own modules");
        assertThatThrownBy(() -> KernelRef.parse(folder.toString(), Optional.of(folder)))
                .hasMessageContaining("brings its own modules");
    }

    @Test
    void aFolderIsABuiltTree() {
        assertThat(KernelRef.parse(folder.toString(), Optional.empty())).isEqualTo(new KernelRef.BuiltTree(folder));
    }

    @Test
    void packagesHaveCommasBetween() throws IOException {
        Path image = Files.writeString(folder.resolve("image.deb"), "");
        Path modules = Files.writeString(folder.resolve("modules.deb"), "");

        assertThat(KernelRef.parse(image + "," + modules, Optional.empty()))
                .isEqualTo(new KernelRef.DebianFiles(List.of(image, modules)));
        assertThatThrownBy(() -> KernelRef.parse(image + "," + folder.resolve("no.deb"), Optional.empty()))
                .hasMessageContainingAll("no file", "no.deb");
        assertThatThrownBy(() -> KernelRef.parse(image.toString(), Optional.of(folder)))
                .hasMessageContaining("brings its own modules");
    }

    @Test
    void filesDistinguishBuilds() throws IOException {
        Path image = Files.createDirectories(folder.resolve("arch/x86/boot")).resolve("bzImage");
        Files.writeString(image, "");

        assertThat(KernelRef.files("debian:7.3")).isEmpty();
        assertThat(KernelRef.files(image.toString())).containsExactly(image);
        assertThat(KernelRef.files(folder.toString())).containsExactly(image);
        assertThat(KernelRef.files("a.deb,b.deb")).containsExactly(Path.of("a.deb"), Path.of("b.deb"));
    }
}
