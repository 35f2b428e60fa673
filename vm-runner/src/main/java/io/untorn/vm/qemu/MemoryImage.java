package io.untorn.vm.qemu;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.zip.CRC32C;

/**
 * A file with a guest's memory, most of which is zeros.
 *
 * @param chunks the chunks of {@value #CHUNK} bytes that may not be zeros
 */
record MemoryImage(Path file, BitSet chunks) {
    private static final int CHUNK = 1 << 16;

    MemoryImage {
        chunks = (BitSet) chunks.clone();
    }

    /** Return the image in a file with unknown content. */
    static MemoryImage of(Path file) throws IOException {
        BitSet all = new BitSet();
        all.set(0, (int) ((Files.size(file) + CHUNK - 1) / CHUNK));
        return new MemoryImage(file, all);
    }

    @Override
    public BitSet chunks() {
        return (BitSet) chunks.clone();
    }

    /** Return about how many bytes its file takes on disk. */
    long bytes() {
        return (long) chunks.cardinality() * CHUNK;
    }

    /** Copy the chunks that are not zeros into a new file. */
    MemoryImage copyTo(Path target) throws IOException {
        BitSet copied = new BitSet();
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
        ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK);
        try (FileChannel from = FileChannel.open(file);
                FileChannel to = FileChannel.open(target, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            for (int chunk = chunks.nextSetBit(0); chunk >= 0; chunk = chunks.nextSetBit(chunk + 1)) {
                read(from, chunk, buffer);
                if (buffer.mismatch(zeros.clear().limit(buffer.limit())) >= 0) {
                    write(to, (long) chunk * CHUNK, buffer);
                    copied.set(chunk);
                }
            }
            if (to.size() < from.size()) {
                write(to, from.size() - 1, ByteBuffer.allocate(1));
            }
        }
        return new MemoryImage(target, copied);
    }

    /** Return a checksum of all chunks. */
    long checksum() throws IOException {
        CRC32C sum = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
        try (FileChannel from = FileChannel.open(file)) {
            for (int chunk = chunks.nextSetBit(0); chunk >= 0; chunk = chunks.nextSetBit(chunk + 1)) {
                read(from, chunk, buffer);
                sum.update(buffer);
            }
        }
        return sum.getValue();
    }

    private static void read(FileChannel from, int chunk, ByteBuffer buffer) throws IOException {
        long start = (long) chunk * CHUNK;
        buffer.clear();
        while (buffer.hasRemaining() && from.read(buffer, start + buffer.position()) > 0) {
            // Read the rest.
        }
        buffer.flip();
    }

    private static void write(FileChannel to, long start, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes, start + bytes.position());
        }
    }
}
