package io.untorn.vm.qemu;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Talks to a QEMU whose replies were written ahead, which makes no difference because replies come in order. */
class QmpClientTest {
    private static final String GREETING =
            "{\"QMP\": {\"version\": {\"qemu\": {\"major\": 7}}, \"capabilities\": [\"oob\"]}}";
    private static final String DONE = "{\"return\": {}}";

    @TempDir
    Path folder;

    private SocketPair sockets;

    @BeforeEach
    void connect() throws IOException {
        sockets = SocketPair.in(folder);
    }

    @AfterEach
    void disconnect() throws IOException {
        sockets.close();
    }

    @Test
    void leavesTheNegotiationModeBeforeTheFirstCommand() throws Exception {
        QmpClient client = negotiated("{\"return\": {\"status\": \"internal-error\", \"running\": false}}");

        assertThat(client.runState()).isEqualTo("internal-error");
        assertThat(received()).isEqualTo("{\"execute\":\"qmp_capabilities\"}\n{\"execute\":\"query-status\"}\n");
    }

    @Test
    void sendsArguments() throws Exception {
        negotiated(DONE).execute("device_del", Map.of("id", "disk"));

        assertThat(received()).endsWith("{\"execute\":\"device_del\",\"arguments\":{\"id\":\"disk\"}}\n");
    }

    @Test
    void collectsEventsThatComeBeforeTheReply() throws Exception {
        QmpClient client = negotiated("{\"event\": \"GUEST_PANICKED\"}", "{\"event\": \"STOP\"}", DONE);

        client.execute("cont");
        assertThat(client.events()).containsExactly("GUEST_PANICKED", "STOP");
    }

    @Test
    void passesOnQemusError() throws Exception {
        QmpClient client = negotiated("{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"no such thing\"}}");

        assertThatThrownBy(() -> client.execute("fly"))
                .isInstanceOf(QmpException.class)
                .hasMessage("QEMU refused 'fly': no such thing");
    }

    @Test
    void reportsThatQemuHasGone() throws Exception {
        QmpClient client = negotiated();
        sockets.theirs().shutdownOutput();

        assertThatThrownBy(client::runState).isInstanceOf(EOFException.class);
    }

    @Test
    void refusesAnotherGreeting() throws Exception {
        reply(DONE);

        assertThatThrownBy(() -> QmpClient.negotiate(sockets.ours()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected QEMU's greeting");
    }

    private QmpClient negotiated(String... replies) throws IOException {
        reply(GREETING);
        reply(DONE);
        for (String reply : replies) {
            reply(reply);
        }
        return QmpClient.negotiate(sockets.ours());
    }

    private void reply(String line) throws IOException {
        sockets.theirs().write(UTF_8.encode(line + "\r\n"));
    }

    private String received() throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1024);
        sockets.theirs().read(buffer);
        return UTF_8.decode(buffer.flip()).toString();
    }
}
