package io.untorn.vm.qemu;

import static org.awaitility.Awaitility.await;

import io.untorn.vm.host.TemporaryFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Transfers the state of a machine, without its memory, out of QEMU and into another: processors and devices. For QEMU it
 * is a migration.
 */
final class MachineState {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(1);
    private static final long UNLIMITED = 1L << 40;

    private MachineState() {}

    /** Stop the machine, and return its state. */
    static byte[] save(QmpClient qmp) throws IOException {
        qmp.execute("stop");
        leaveOutMemory(qmp);
        qmp.execute("migrate-set-parameters", Map.of("max-bandwidth", UNLIMITED));
        try (TemporaryFolder folder = TemporaryFolder.create();
                ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            Path socket = folder.path().resolve("state");
            server.bind(UnixDomainSocketAddress.of(socket)).configureBlocking(false);
            qmp.execute("migrate", Map.of("uri", "unix:" + socket));
            byte[] state = receive(server);
            awaitEnd(qmp);
            return state;
        }
    }

    /** Receive what QEMU sends. QEMU answers no command until all is received, so send none meanwhile. */
    private static byte[] receive(ServerSocketChannel server) throws IOException {
        try (SocketChannel connection =
                within("QEMU did not start to save", () -> Optional.ofNullable(server.accept()))) {
            connection.configureBlocking(false);
            ByteArrayOutputStream state = new ByteArrayOutputStream();
            ByteBuffer part = ByteBuffer.allocate(1 << 16);
            return within("QEMU did not finish saving", () -> {
                int length;
                while ((length = connection.read(part.clear())) > 0) {
                    state.write(part.array(), 0, length);
                }
                return length < 0 ? Optional.of(state.toByteArray()) : Optional.empty();
            });
        }
    }

    /** Load the state into a waiting machine, and let it continue. */
    static void load(QmpClient qmp, byte[] state) throws IOException {
        leaveOutMemory(qmp);
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            Path socket = folder.path().resolve("state");
            qmp.execute("migrate-incoming", Map.of("uri", "unix:" + socket));
            try (SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                ByteBuffer bytes = ByteBuffer.wrap(state);
                while (bytes.hasRemaining()) {
                    connection.write(bytes);
                }
            }
            awaitEnd(qmp);
        }
        qmp.execute("cont");
    }

    private static void leaveOutMemory(QmpClient qmp) throws IOException {
        Map<String, ?> capability = Map.of("capability", "x-ignore-shared", "state", true);
        qmp.execute("migrate-set-capabilities", Map.of("capabilities", List.of(capability)));
    }

    private static void awaitEnd(QmpClient qmp) throws IOException {
        within("QEMU did not finish", () -> {
            refuseFailure(qmp);
            return status(qmp).equals("completed") ? Optional.of(true) : Optional.empty();
        });
    }

    private static void refuseFailure(QmpClient qmp) throws IOException {
        if (status(qmp).equals("failed")) {
            throw new IOException("QEMU refused: "
                    + qmp.execute("query-migrate").path("error-desc").asText("no reason given"));
        }
    }

    private static String status(QmpClient qmp) throws IOException {
        return qmp.execute("query-migrate").path("status").asText();
    }

    private interface Attempt<T> {
        Optional<T> make() throws IOException;
    }

    private static <T> T within(String otherwise, Attempt<T> attempt) throws IOException {
        try {
            return await().atMost(LIMIT)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL)
                    .until(attempt::make, Optional::isPresent)
                    .orElseThrow();
        } catch (ConditionTimeoutException e) {
            throw new IOException(otherwise + " in " + LIMIT.toSeconds() + " s", e);
        }
    }
}
