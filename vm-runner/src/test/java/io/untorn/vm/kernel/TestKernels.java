package io.untorn.vm.kernel;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Makes small kernels, modules and packages in the formats of real ones. */
public final class TestKernels {
    private TestKernels() {}

    static byte[] bzImage(String release) {
        ByteBuffer image = ByteBuffer.allocate(0x1000).order(ByteOrder.LITTLE_ENDIAN);
        image.putInt(0x202, 0x53726448);
        image.putShort(0x20e, (short) 0x400);
        image.put(0x600, (release + " (builder@host) #1 SMP").getBytes(StandardCharsets.US_ASCII));
        return image.array();
    }

    /** Make a bzImage with a payload. */
    static byte[] bzImage(byte[] payload, int plainSize) {
        int start = 2 * 512 + 0x100;
        ByteBuffer image =
                ByteBuffer.allocate(start + payload.length + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        image.put(0x1f1, (byte) 1);
        image.putInt(0x202, 0x53726448);
        image.putShort(0x206, (short) 0x20f);
        image.putInt(0x248, 0x100);
        image.putInt(0x24c, payload.length + Integer.BYTES);
        image.put(start, payload);
        image.putInt(start + payload.length, plainSize);
        return image.array();
    }

    /** Make an ELF file with two segments, of which the second has a note of each of these types. */
    static byte[] elf(String owner, int... notes) {
        int start = 0x40 + 2 * 0x38;
        int noteBytes = 3 * Integer.BYTES + Integer.BYTES + 2 * Integer.BYTES;
        ByteBuffer elf =
                ByteBuffer.allocate(start + notes.length * noteBytes + 100).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
        elf.putLong(0x20, 0x40);
        elf.putShort(0x36, (short) 0x38);
        elf.putShort(0x38, (short) 2);
        elf.putInt(0x40, 1);
        elf.putInt(0x78, 4);
        elf.putLong(0x80, start);
        elf.putLong(0x98, (long) notes.length * noteBytes);
        elf.position(start);
        for (int type : notes) {
            elf.putInt(owner.length() + 1).putInt(5).putInt(type);
            elf.put((owner + "\0").getBytes(StandardCharsets.US_ASCII)).putLong(0x1000);
        }
        return elf.array();
    }

    static byte[] module(String release) {
        return ("\0license=GPL\0vermagic=" + release + " SMP preempt mod_unload \0")
                .getBytes(StandardCharsets.US_ASCII);
    }

    public static Path tree(Path folder, String release, String modulesDep, String builtIn) throws IOException {
        for (String line : modulesDep.lines().toList()) {
            write(folder.resolve(line.substring(0, line.indexOf(':'))), module(release));
        }
        write(folder.resolve("modules.dep"), modulesDep.getBytes(StandardCharsets.US_ASCII));
        write(folder.resolve("modules.builtin"), builtIn.getBytes(StandardCharsets.US_ASCII));
        return folder;
    }

    /** Write a file, compressed as its name says. */
    static Path write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        Files.write(file, compress(file.toString(), content));
        return file;
    }

    static byte[] compress(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = compressor(name, bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    /** Write a Debian package whose data member has this name, which says its compression. */
    static void deb(Path file, String dataMember, Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(data)) {
            for (Map.Entry<String, byte[]> each : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(each.getKey(), true);
                entry.setSize(each.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(each.getValue());
                tar.closeArchiveEntry();
            }
            TarArchiveEntry link = new TarArchiveEntry("./boot/vmlinuz", TarArchiveEntry.LF_SYMLINK);
            link.setLinkName("/etc/passwd");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        try (ArArchiveOutputStream ar = new ArArchiveOutputStream(Files.newOutputStream(file))) {
            member(ar, "debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII));
            member(ar, "control.tar.xz", new byte[0]);
            member(ar, dataMember, compress(dataMember, data.toByteArray()));
        }
    }

    private static void member(ArArchiveOutputStream ar, String name, byte[] content) throws IOException {
        ar.putArchiveEntry(new ArArchiveEntry(name, content.length));
        ar.write(content);
        ar.closeArchiveEntry();
    }

    private static OutputStream compressor(String name, OutputStream out) throws IOException {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "xz" -> new XZOutputStream(out, new LZMA2Options());
            case "zst" -> new ZstdOutputStream(out);
            case "gz" -> new GZIPOutputStream(out);
            default -> out;
        };
    }
}
