package io.untorn.vm.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;

class VmlinuxTest {
    private static final int ENTRY = 18;
    private static final int NAME = 6;

    @ParameterizedTest
    @ValueSource(strings = {"zst", "xz", "gz", "lzma", "bz2", "lz4"})
    void isTakenOutOfEachCompression(String compression) throws IOException {
        byte[] elf = TestKernels.elf("Xen", NAME, ENTRY);

        assertThat(Vmlinux.in(TestKernels.bzImage(payload(compression, elf), elf.length)))
                .hasValue(elf);
    }

    @Test
    void isEmptyWithoutXensEntryNote() throws IOException {
        assertThat(in(TestKernels.elf("Xen", NAME))).isEmpty();
        assertThat(in(TestKernels.elf("GNU", ENTRY))).isEmpty();
        assertThat(in(TestKernels.elf("Xen"))).isEmpty();
    }

    @Test
    void isA64BitElfFile() throws IOException {
        byte[] short64 = TestKernels.elf("Xen", ENTRY);
        short64[4] = 1;
        byte[] flat = TestKernels.elf("Xen", ENTRY);
        flat[0] = 0;

        assertThat(in(short64)).isEmpty();
        assertThat(in(flat)).isEmpty();
    }

    @Test
    void isNotTakenOutOfAnotherCompression() {
        byte[] elf = TestKernels.elf("Xen", ENTRY);

        assertThat(Vmlinux.in(TestKernels.bzImage(elf, elf.length))).isEmpty();
        assertThat(Vmlinux.in(TestKernels.bzImage(new byte[0], 0))).isEmpty();
    }

    @Test
    void isNotTakenOutOfAnImageWithoutPayload() {
        assertThat(Vmlinux.in(TestKernels.bzImage("6.12.0"))).isEmpty();
        assertThat(Vmlinux.in(new byte[0])).isEmpty();
        assertThat(Vmlinux.in("no kernel at all".repeat(100).getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
    }

    @Test
    void isNotTakenOutOfAnImageThatIsCutShort() throws IOException {
        byte[] elf = TestKernels.elf("Xen", NAME, ENTRY);
        byte[] image = TestKernels.bzImage(payload("zst", elf), elf.length);

        for (int length = 0; length < image.length; length++) {
            assertThat(Vmlinux.in(Arrays.copyOf(image, length)))
                    .as("%d of %d bytes", length, image.length)
                    .isEmpty();
        }
    }

    @Test
    void isNotTakenOutOfAnImageWithADamagedHeader() throws IOException {
        byte[] elf = TestKernels.elf("Xen", ENTRY);
        for (int field : new int[] {0x248, 0x24c}) {
            for (int value : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1}) {
                byte[] image = TestKernels.bzImage(payload("zst", elf), elf.length);
                ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).putInt(field, value);

                assertThat(Vmlinux.in(image)).as("%d at %d", value, field).isEmpty();
            }
        }
    }

    private static Optional<byte[]> in(byte[] elf) throws IOException {
        return Vmlinux.in(TestKernels.bzImage(payload("zst", elf), elf.length));
    }

    private static byte[] payload(String compression, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        switch (compression) {
            case "lz4" -> {
                bytes.writeBytes(new byte[] {0x02, 0x21, 0x4c, 0x18});
                lz4Block(bytes, Arrays.copyOf(content, 100));
                lz4Block(bytes, Arrays.copyOfRange(content, 100, content.length));
            }
            case "bz2" -> {
                try (OutputStream out = new BZip2CompressorOutputStream(bytes)) {
                    out.write(content);
                }
            }
            case "lzma" -> {
                try (OutputStream out = new LZMAOutputStream(bytes, new LZMA2Options(), -1)) {
                    out.write(content);
                }
            }
            default -> bytes.writeBytes(TestKernels.compress("vmlinux." + compression, content));
        }
        return bytes.toByteArray();
    }

    private static void lz4Block(ByteArrayOutputStream into, byte[] content) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        try (OutputStream out = new BlockLZ4CompressorOutputStream(block)) {
            out.write(content);
        }
        into.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(block.size())
                .array());
        into.writeBytes(block.toByteArray());
    }
}
