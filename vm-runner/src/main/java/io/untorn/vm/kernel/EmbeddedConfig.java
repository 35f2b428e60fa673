package io.untorn.vm.kernel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The configuration that a kernel with {@code CONFIG_IKCONFIG=y} has in its image: compressed with gzip, after a mark.
 *
 * <p>Source: the kernel's kernel/configs.c (6.1 to 7.3).
 */
final class EmbeddedConfig {
    private static final byte[] MARK = "IKCFG_ST\037\213\010".getBytes(StandardCharsets.ISO_8859_1);
    private static final int MAGIC_BYTES = 3;
    private static final int LONGEST = 4 << 20;

    private EmbeddedConfig() {}

    /** Return the lines of the configuration in an uncompressed kernel; empty if it has none. */
    static Optional<List<String>> in(byte[] kernel) {
        int mark = find(kernel);
        if (mark < 0) {
            return Optional.empty();
        }
        int start = mark + MARK.length - MAGIC_BYTES;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(kernel, start, kernel.length - start))) {
            // What follows the compressed data is no part of it, so no more than its own end is read.
            byte[] content = new byte[LONGEST];
            int length = 0;
            int count = in.read(content, length, LONGEST - length);
            while (count > 0) {
                length += count;
                count = in.read(content, length, LONGEST - length);
            }
            return Optional.of(new String(content, 0, length, StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static int find(byte[] kernel) {
        for (int at = 0; at + MARK.length <= kernel.length; at++) {
            int same = 0;
            while (same < MARK.length && kernel[at + same] == MARK[same]) {
                same++;
            }
            if (same == MARK.length) {
                return at;
            }
        }
        return -1;
    }
}
