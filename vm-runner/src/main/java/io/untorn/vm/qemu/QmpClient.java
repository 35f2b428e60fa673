package io.untorn.vm.qemu;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A client for QMP, QEMU's control protocol: one JSON object per line, replies in order, events in between.
 *
 * @see <a href="https://www.qemu.org/docs/master/interop/qmp-spec.html">QMP specification</a>
 */
public final class QmpClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SocketChannel socket;
    private final BufferedReader replies;
    private final List<String> events = new ArrayList<>();

    private QmpClient(SocketChannel socket) {
        this.socket = socket;
        replies = new BufferedReader(Channels.newReader(socket, StandardCharsets.UTF_8));
    }

    /** Read QEMU's greeting and leave the negotiation mode. */
    static QmpClient negotiate(SocketChannel socket) throws IOException {
        QmpClient client = new QmpClient(socket);
        JsonNode greeting = client.readObject();
        if (!greeting.has("QMP")) {
            throw new IOException("expected QEMU's greeting, got " + greeting);
        }
        client.execute("qmp_capabilities");
        return client;
    }

    /** Execute a command that takes no arguments. */
    public JsonNode execute(String command) throws IOException {
        return execute(command, Map.of());
    }

    /**
     * Execute a command and return its {@code return} value.
     *
     * @throws QmpException if QEMU answers with an error
     * @throws IOException if QEMU has ended
     */
    public synchronized JsonNode execute(String command, Map<String, ?> arguments) throws IOException {
        ObjectNode request = JSON.createObjectNode().put("execute", command);
        if (!arguments.isEmpty()) {
            request.set("arguments", JSON.valueToTree(arguments));
        }
        ByteBuffer line = StandardCharsets.UTF_8.encode(request + "\n");
        while (line.hasRemaining()) {
            socket.write(line);
        }
        while (true) {
            JsonNode reply = readObject();
            if (reply.has("event")) {
                events.add(reply.path("event").asText());
            } else if (reply.has("error")) {
                throw new QmpException(command, reply.path("error").path("desc").asText());
            } else {
                return reply.path("return");
            }
        }
    }

    /** Return the machine's run state, such as {@code running}, {@code guest-panicked} or {@code internal-error}. */
    public String runState() throws IOException {
        return execute("query-status").path("status").asText();
    }

    /** Return the names of the events that came before the last reply, such as {@code STOP}, oldest first. */
    public synchronized List<String> events() {
        return List.copyOf(events);
    }

    private JsonNode readObject() throws IOException {
        String line = replies.readLine();
        if (line == null) {
            throw new EOFException("QEMU has closed its control socket");
        }
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IOException("not a QMP reply: " + line, e);
        }
    }

    /** Close the connection. The machine continues. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
