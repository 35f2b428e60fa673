package io.untorn.vm.guest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpioImageTest {
    @TempDir
    Path folder;

    @Test
    void listsFoldersBeforeTheirFiles() throws IOException {
        byte[] archive = new CpioImage()
                .file("modules/boot", "virtio_pci\n".getBytes(UTF_8))
                .folder("proc")
                .toBytes();

        assertThat(entries(archive))
                .containsExactly("modules 40755 ", "modules/boot 100755 virtio_pci\n", "proc 40755 ");
    }

    @Test
    void copiesATreeAndWhatLinksLeadTo() throws IOException {
        Files.createDirectories(folder.resolve("lib"));
        Files.writeString(folder.resolve("lib/real"), "text");
        Files.createSymbolicLink(folder.resolve("lib/link"), Path.of("real"));

        assertThat(entries(new CpioImage().tree("jre", folder).toBytes()))
                .containsExactly(
                        "jre 40755 ", "jre/lib 40755 ", "jre/lib/link 100755 text", "jre/lib/real 100755 text");
    }

    @Test
    void hasTheConsoleThatTheKernelOpensForInit() throws IOException {
        try (CpioArchiveInputStream input = read(new CpioImage().console().toBytes())) {
            input.getNextEntry();
            CpioArchiveEntry console = input.getNextEntry();
            assertThat(console.getName()).isEqualTo("dev/console");
            assertThat(console).matches(CpioArchiveEntry::isCharacterDevice, "is a character device");
            assertThat(List.of(console.getRemoteDeviceMaj(), console.getRemoteDeviceMin()))
                    .containsExactly(5L, 1L);
        }
    }

    @Test
    void bytesDoNotDependOnTheOrderOfCalls() throws IOException {
        byte[] one = new CpioImage().folder("a").folder("b").toBytes();

        assertThat(new CpioImage().folder("b").folder("a").toBytes()).isEqualTo(one);
    }

    @Test
    void endsWhereTheKernelExpectsTheNextArchive() throws IOException {
        assertThat(new CpioImage().file("odd", new byte[1]).toBytes().length % 4)
                .isZero();
    }

    private static List<String> entries(byte[] archive) throws IOException {
        List<String> entries = new ArrayList<>();
        try (CpioArchiveInputStream input = read(archive)) {
            for (CpioArchiveEntry entry = input.getNextEntry(); entry != null; entry = input.getNextEntry()) {
                String content = new String(input.readAllBytes(), UTF_8);
                entries.add(entry.getName() + " " + Long.toOctalString(entry.getMode()) + " " + content);
            }
        }
        return entries;
    }

    private static CpioArchiveInputStream read(byte[] archive) {
        return new CpioArchiveInputStream(new ByteArrayInputStream(archive));
    }
}
