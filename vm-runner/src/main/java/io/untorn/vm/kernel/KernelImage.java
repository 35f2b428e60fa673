package io.untorn.vm.kernel;

import io.untorn.vm.host.Architecture;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the header of an x86 bzImage (the kernel's Documentation/arch/x86/boot.rst). */
final class KernelImage {
    private static final int MAGIC_AT = 0x202;
    private static final int MAGIC = 0x53726448;
    private static final int VERSION_POINTER_AT = 0x20e;
    private static final int VERSION_BASE = 0x200;
    private static final int LONGEST_VERSION = 512;
    private static final int HEADER_BYTES = VERSION_BASE + 0xffff + LONGEST_VERSION;

    private KernelImage() {}

    /**
     * Return the release of the kernel in a file.
     *
     * @throws UntornException as the caller's mistake if the file cannot be read or is not a bzImage
     */
    static String release(Path image) {
        ByteBuffer header;
        try (InputStream in = Files.newInputStream(image)) {
            header = ByteBuffer.wrap(in.readNBytes(HEADER_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw UntornException.caller("Cannot read the kernel " + image + ": " + e);
        }
        if (header.limit() < VERSION_POINTER_AT + Short.BYTES || header.getInt(MAGIC_AT) != MAGIC) {
            throw UntornException.caller(image + " is not a kernel: it lacks the bzImage header (HdrS at 0x202)."
                    + " A build leaves its bzImage at " + Architecture.GUEST.bootImagePath()
                    + "; vmlinux does not boot here.");
        }
        int start = VERSION_BASE + Short.toUnsignedInt(header.getShort(VERSION_POINTER_AT));
        int end = start;
        while (end < header.limit() && header.get(end) > ' ') {
            end++;
        }
        if (start == VERSION_BASE || end <= start) {
            throw UntornException.caller(image + " is a bzImage without a version: build it again.");
        }
        return new String(header.array(), start, end - start, StandardCharsets.US_ASCII);
    }
}
