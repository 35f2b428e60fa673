package io.untorn.vm.qemu;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends and receives frames: four bytes of length, big-endian, then that many bytes.
 *
 * <p>A receive that timed out may be repeated: what has arrived so far is kept.
 */
final class FrameChannel implements AutoCloseable {
    static final int MAX_PAYLOAD_BYTES = 64 << 20;

    private final SocketChannel socket;
    private final Selector selector;
    private final SelectionKey key;
    private final ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
    private ByteBuffer payload = ByteBuffer.allocate(0);

    FrameChannel(SocketChannel socket) throws IOException {
        this.socket = socket;
        selector = Selector.open();
        socket.configureBlocking(false);
        key = socket.register(selector, 0);
    }

    /**
     * Send a frame.
     *
     * @throws TimeoutException if the other end did not take all of it within the limit
     */
    void send(byte[] frame, Duration limit) throws IOException, TimeoutException {
        if (frame.length > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "a frame of " + frame.length + " bytes; the limit is " + MAX_PAYLOAD_BYTES);
        }
        long deadline = System.nanoTime() + limit.toNanos();
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + frame.length)
                .putInt(frame.length)
                .put(frame)
                .flip();
        while (bytes.hasRemaining()) {
            if (socket.write(bytes) == 0) {
                awaitReady(SelectionKey.OP_WRITE, deadline);
            }
        }
    }

    /**
     * Receive a frame.
     *
     * @throws TimeoutException if it did not arrive within the limit
     * @throws EOFException if the other end is closed
     */
    byte[] receive(Duration limit) throws IOException, TimeoutException {
        long deadline = System.nanoTime() + limit.toNanos();
        if (length.hasRemaining()) {
            fill(length, deadline);
            int announced = length.getInt(0);
            if (announced < 0 || announced > MAX_PAYLOAD_BYTES) {
                throw new IOException("the agent announced a frame of " + Integer.toUnsignedString(announced)
                        + " bytes; the limit is " + MAX_PAYLOAD_BYTES);
            }
            payload = ByteBuffer.allocate(announced);
        }
        fill(payload, deadline);
        length.clear();
        return payload.array();
    }

    /**
     * Skip everything up to the end of a frame, including parts of other frames.
     *
     * @param frame a frame that is not part of any other data
     * @throws TimeoutException if it did not arrive within the limit
     * @throws EOFException if the other end is closed
     */
    void skipPast(byte[] frame, Duration limit) throws IOException, TimeoutException {
        long deadline = System.nanoTime() + limit.toNanos();
        byte[] wanted = ByteBuffer.allocate(Integer.BYTES + frame.length)
                .putInt(frame.length)
                .put(frame)
                .array();
        ByteBuffer last = ByteBuffer.allocate(wanted.length);
        fill(last, deadline);
        while (!Arrays.equals(last.array(), wanted)) {
            last.position(1).compact();
            fill(last, deadline);
        }
        length.clear();
        payload = ByteBuffer.allocate(0);
    }

    private void fill(ByteBuffer buffer, long deadline) throws IOException, TimeoutException {
        while (buffer.hasRemaining()) {
            int read = socket.read(buffer);
            if (read < 0) {
                throw new EOFException("the machine has closed the agent's port");
            }
            if (read == 0) {
                awaitReady(SelectionKey.OP_READ, deadline);
            }
        }
    }

    private void awaitReady(int operation, long deadline) throws IOException, TimeoutException {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
            throw new TimeoutException();
        }
        key.interestOps(operation);
        selector.select(left);
        selector.selectedKeys().clear();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        socket.close();
    }
}
