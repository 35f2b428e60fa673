package io.untorn.vm.kernel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Extracts vmlinux from an x86 bzImage: an ELF file, which QEMU starts directly if a Xen note gives its entry point.
 *
 * <p>Sources: the kernel's Documentation/arch/x86/boot.rst (payload_offset, payload_length), include/xen/interface/elfnote.h
 * (XEN_ELFNOTE_PHYS32_ENTRY); elf(5).
 */
final class Vmlinux {
    private static final int SETUP_SECTORS_AT = 0x1f1;
    private static final int SETUP_SECTORS_IF_ZERO = 4;
    private static final int SECTOR = 512;
    private static final int PROTOCOL_AT = 0x206;
    private static final int PROTOCOL_WITH_PAYLOAD = 0x208;
    private static final int PAYLOAD_OFFSET_AT = 0x248;
    private static final int PAYLOAD_LENGTH_AT = 0x24c;
    private static final int HEADER_BYTES = 0x250;
    private static final int LONGEST = 512 << 20;

    private static final int ELF_MAGIC = 0x464c457f;
    private static final int ELF_CLASS_AT = 4;
    private static final byte ELF_CLASS_64 = 2;
    private static final int PROGRAM_HEADERS_AT = 0x20;
    private static final int PROGRAM_HEADER_SIZE_AT = 0x36;
    private static final int PROGRAM_HEADER_COUNT_AT = 0x38;
    private static final int ELF_HEADER_BYTES = 0x40;
    private static final int PT_NOTE = 4;
    private static final int SEGMENT_OFFSET_AT = 8;
    private static final int SEGMENT_SIZE_AT = 0x20;
    private static final int NOTE_HEADER_BYTES = 12;
    private static final int PHYS32_ENTRY = 18;
    private static final byte[] XEN = "Xen\0".getBytes(StandardCharsets.US_ASCII);

    private Vmlinux() {}

    /** Return the ELF file in a bzImage; empty if it cannot be read, or cannot be started directly. */
    static Optional<byte[]> in(byte[] bzImage) {
        try {
            return payload(bzImage).filter(Vmlinux::hasEntry);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return Optional.empty(); // no kernel
        }
    }

    /** Return the uncompressed kernel in a bzImage, however it can be started; empty if it cannot be read. */
    static Optional<byte[]> payload(byte[] bzImage) {
        try {
            return decompressed(bzImage);
        } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
            return Optional.empty(); // truncated, or no kernel
        }
    }

    /** The build appends the uncompressed size to the compressed data. */
    private static Optional<byte[]> decompressed(byte[] bzImage) throws IOException {
        ByteBuffer image = ByteBuffer.wrap(bzImage).order(ByteOrder.LITTLE_ENDIAN);
        if (bzImage.length < HEADER_BYTES || image.getShort(PROTOCOL_AT) < PROTOCOL_WITH_PAYLOAD) {
            return Optional.empty();
        }
        int sectors = Byte.toUnsignedInt(image.get(SETUP_SECTORS_AT));
        int start = ((sectors == 0 ? SETUP_SECTORS_IF_ZERO : sectors) + 1) * SECTOR + image.getInt(PAYLOAD_OFFSET_AT);
        int length = image.getInt(PAYLOAD_LENGTH_AT);
        int size = image.getInt(start + length - Integer.BYTES);
        if (start < 0 || length < Integer.BYTES || size < ELF_HEADER_BYTES || size > LONGEST) {
            return Optional.empty();
        }
        InputStream compressed = new ByteArrayInputStream(bzImage, start, length);
        Optional<InputStream> plain = Compression.decompress(compressed);
        if (plain.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream content = plain.get()) {
            byte[] elf = content.readNBytes(size);
            return elf.length == size ? Optional.of(elf) : Optional.empty();
        }
    }

    private static boolean hasEntry(byte[] file) {
        ByteBuffer elf = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (elf.getInt(0) != ELF_MAGIC || elf.get(ELF_CLASS_AT) != ELF_CLASS_64) {
            return false;
        }
        int headers = Math.toIntExact(elf.getLong(PROGRAM_HEADERS_AT));
        int size = Short.toUnsignedInt(elf.getShort(PROGRAM_HEADER_SIZE_AT));
        int count = Short.toUnsignedInt(elf.getShort(PROGRAM_HEADER_COUNT_AT));
        for (int i = 0; i < count; i++) {
            int header = headers + i * size;
            if (elf.getInt(header) == PT_NOTE) {
                int start = Math.toIntExact(elf.getLong(header + SEGMENT_OFFSET_AT));
                int length = Math.toIntExact(elf.getLong(header + SEGMENT_SIZE_AT));
                if (hasEntry(elf.slice(start, length).order(ByteOrder.LITTLE_ENDIAN))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean hasEntry(ByteBuffer notes) {
        int at = 0;
        while (at + NOTE_HEADER_BYTES <= notes.limit()) {
            int nameLength = notes.getInt(at);
            int valueLength = notes.getInt(at + Integer.BYTES);
            int type = notes.getInt(at + 2 * Integer.BYTES);
            int name = at + NOTE_HEADER_BYTES;
            if (nameLength < 0 || valueLength < 0) {
                return false;
            }
            if (type == PHYS32_ENTRY && nameLength == XEN.length) {
                byte[] owner = new byte[nameLength];
                notes.get(name, owner);
                if (Arrays.equals(owner, XEN)) {
                    return true;
                }
            }
            at = name + aligned(nameLength) + aligned(valueLength);
        }
        return false;
    }

    private static int aligned(int length) {
        return Math.addExact(length, 3) & -4;
    }
}
