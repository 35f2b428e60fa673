package io.untorn.vm;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/** Read what the kernel's build and Debian's packages compress. */
final class Compression {
    private Compression() {}

    /** Return the plain content of a file whose name ends in {@code .xz}, {@code .zst}, {@code .gz} or none of them. */
    static InputStream decompress(String fileName, InputStream content) throws IOException {
        return switch (fileName.substring(fileName.lastIndexOf('.') + 1)) {
            case "xz" -> new XZInputStream(content);
            case "zst" -> new ZstdInputStream(content);
            case "gz" -> new GZIPInputStream(content);
            default -> content;
        };
    }
}
