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
 * Carry frames to and from the agent: four bytes of length, high byte first, then that many bytes.
 *
 * <p>A receive that ran into its limit may be repeated: what has come so far is kept.
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
     * @throws TimeoutException if the limit passed before the other end took all of it
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
     * @throws TimeoutException if the limit passed before all of it had come
     * @throws EOFException if the other end has gone
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
     * Skip whatever comes before a frame, were it half of another, and the frame.
     *
     * @param frame one that can't be part of anything else
     * @throws TimeoutException if the limit passed before it came
     * @throws EOFException if the other end has gone
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
