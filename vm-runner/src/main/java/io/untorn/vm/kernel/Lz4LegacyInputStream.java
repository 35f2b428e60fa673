package io.untorn.vm.kernel;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.commons.compress.compressors.lz4.BlockLZ4CompressorInputStream;

/**
 * Reads the output of {@code lz4 -l}: a magic number, then blocks, each preceded by its length.
 *
 * <p>Source: LZ4's doc/lz4_Frame_format.md, Legacy frame.
 */
final class Lz4LegacyInputStream extends InputStream {
    private static final int LONGEST_BLOCK = (8 << 20) + (1 << 16);

    private final InputStream blocks;
    private InputStream block = InputStream.nullInputStream();

    Lz4LegacyInputStream(InputStream content) throws IOException {
        content.skipNBytes(Integer.BYTES);
        this.blocks = content;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = block.read(into, offset, length);
        while (read < 0 && next()) {
            read = block.read(into, offset, length);
        }
        return read;
    }

    private boolean next() throws IOException {
        byte[] header = blocks.readNBytes(Integer.BYTES);
        if (header.length < Integer.BYTES) {
            return false;
        }
        int length = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (length < 0 || length > LONGEST_BLOCK) {
            throw new IOException("an LZ4 block of " + length + " bytes");
        }
        byte[] compressed = blocks.readNBytes(length);
        if (compressed.length < length) {
            throw new EOFException("an LZ4 block ends after " + compressed.length + " of " + length + " bytes");
        }
        block = new BlockLZ4CompressorInputStream(new ByteArrayInputStream(compressed));
        return true;
    }

    @Override
    public void close() throws IOException {
        blocks.close();
    }
}
