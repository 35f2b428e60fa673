package io.untorn.vm.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameChannelTest {
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(20);

    @TempDir
    Path folder;

    private SocketPair sockets;
    private FrameChannel channel;

    @BeforeEach
    void connect() throws IOException {
        sockets = SocketPair.in(folder);
        channel = new FrameChannel(sockets.ours());
    }

    @AfterEach
    void disconnect() throws IOException {
        channel.close();
        sockets.close();
    }

    @Test
    void sendsTheLengthWithTheHighByteFirst() throws Exception {
        channel.send(new byte[] {7, 8}, LONG);

        ByteBuffer received = ByteBuffer.allocate(16);
        sockets.theirs().read(received);
        assertThat(received.flip()).isEqualTo(ByteBuffer.wrap(new byte[] {0, 0, 0, 2, 7, 8}));
    }

    @Test
    void receivesFramesThatCameTogether() throws Exception {
        deliver(0, 0, 0, 1, 5, 0, 0, 0, 0, 0, 0, 0, 1, 6);

        assertThat(channel.receive(LONG)).containsExactly(5);
        assertThat(channel.receive(LONG)).isEmpty();
        assertThat(channel.receive(LONG)).containsExactly(6);
    }

    @Test
    void skipsStaleAndPartialFrames() throws Exception {
        deliver(0, 0, 0, 1, 5, 0, 0, 0, 9, 1, 0, 0, 0, 2, 7, 0, 0, 0, 2, 7, 8, 0, 0, 0, 1, 6);

        channel.skipPast(new byte[] {7, 8}, LONG);
        assertThat(channel.receive(LONG)).containsExactly(6);
    }

    @Test
    void doesNotTakeAnotherFrameForTheExpectedOne() throws Exception {
        deliver(0, 0, 0, 2, 7, 9);

        assertThatThrownBy(() -> channel.skipPast(new byte[] {7, 8}, SHORT)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void keepsThePartOfAFrameThatCameBeforeTheLimit() throws Exception {
        deliver(0, 0, 0, 2, 5);
        assertThatThrownBy(() -> channel.receive(SHORT)).isInstanceOf(TimeoutException.class);

        deliver(6);
        assertThat(channel.receive(LONG)).containsExactly(5, 6);
    }

    @Test
    void reportsAClosedConnection() throws Exception {
        deliver(0, 0, 0, 2, 5);
        sockets.theirs().close();

        assertThatThrownBy(() -> channel.receive(LONG)).isInstanceOf(EOFException.class);
    }

    @Test
    void refusesAnAnnouncedLengthOverTheLimit() throws Exception {
        deliver(4, 0, 0, 1);

        assertThatThrownBy(() -> channel.receive(LONG))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("67108865");
    }

    @Test
    void givesUpSendingToAnEndThatDoesNotRead() {
        assertThatThrownBy(() -> channel.send(new byte[8 << 20], SHORT)).isInstanceOf(TimeoutException.class);
    }

    private void deliver(int... bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
        for (int value : bytes) {
            buffer.put((byte) value);
        }
        sockets.theirs().write(buffer.flip());
    }
}
