package io.untorn.agent.protocol;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;

/** Carry frames over the port: four bytes of length, high byte first, then that many bytes. */
public final class FramedStream {
    private static final int LENGTH_BYTES = Integer.BYTES;
    private static final int MAX_PAYLOAD_BYTES = 64 << 20;

    private final RandomAccessFile file;

    public FramedStream(RandomAccessFile file) {
        this.file = file;
    }

    public byte[] read() throws IOException {
        int length = file.readInt();
        if (length < 0 || length > MAX_PAYLOAD_BYTES) {
            throw new IOException("the host announced a frame of " + Integer.toUnsignedString(length)
                    + " bytes; the limit is " + MAX_PAYLOAD_BYTES);
        }
        byte[] payload = new byte[length];
        file.readFully(payload);
        return payload;
    }

    public void write(byte[] payload) throws IOException {
        if (payload.length > MAX_PAYLOAD_BYTES) {
            throw new IOException(
                    "a frame of " + payload.length + " bytes for the host; the limit is " + MAX_PAYLOAD_BYTES);
        }
        file.write(ByteBuffer.allocate(LENGTH_BYTES + payload.length)
                .putInt(payload.length)
                .put(payload)
                .array());
    }
}
