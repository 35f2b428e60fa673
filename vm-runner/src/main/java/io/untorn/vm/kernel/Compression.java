package io.untorn.vm.kernel;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.XZInputStream;

/** Decompresses what the kernel's build and Debian's packages compress. */
final class Compression {
    private static final int MAGIC_BYTES = 3;

    private Compression() {}

    /** Return the decompressed content of a file whose name ends in {@code .xz}, {@code .zst}, {@code .gz} or none of them. */
    static InputStream decompress(String fileName, InputStream content) throws IOException {
        return switch (fileName.substring(fileName.lastIndexOf('.') + 1)) {
            case "xz" -> new XZInputStream(content);
            case "zst" -> new ZstdInputStream(content);
            case "gz" -> new GZIPInputStream(content);
            default -> content;
        };
    }

    /** Return the decompressed content of a kernel payload, recognized by its first bytes; empty if the format is unknown. */
    static Optional<InputStream> decompress(InputStream content) throws IOException {
        byte[] head = content.readNBytes(MAGIC_BYTES);
        InputStream all = new SequenceInputStream(new ByteArrayInputStream(head), content);
        return switch (HexFormat.of().formatHex(head)) {
            case "28b52f" -> Optional.of(new ZstdInputStream(all));
            case "fd377a" -> Optional.of(new XZInputStream(all));
            case "1f8b08" -> Optional.of(new GZIPInputStream(all));
            case "5d0000" -> Optional.of(new LZMAInputStream(all));
            case "425a68" -> Optional.of(new BZip2CompressorInputStream(all));
            case "02214c" -> Optional.of(new Lz4LegacyInputStream(all));
            default -> Optional.empty();
        };
    }
}
