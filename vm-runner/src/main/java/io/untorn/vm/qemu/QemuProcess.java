package io.untorn.vm.qemu;

import static org.awaitility.Awaitility.await;

import io.untorn.vm.host.TemporaryFolder;
import io.untorn.vm.host.UntornException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A running QEMU, its output, and the two sockets that it connects to.
 *
 * <p>It cannot outlive this JVM: a shutdown hook ends it, and if the JVM is killed, the kernel does.
 */
final class QemuProcess implements AutoCloseable {
    private static final String PANIC = "Kernel panic - not syncing: ";
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);
    private static final Duration END_LIMIT = Duration.ofSeconds(2);

    /** QEMU's name for the file of a memory-backend-memfd. */
    private static final String MEMORY = "memory-backend-memfd";

    private final long started = System.nanoTime();
    private final TemporaryFolder folder;
    private final ServerSocketChannel control;
    private final ServerSocketChannel agent;
    private final Process process;
    private final Console console = new Console();
    private final Console errors = new Console();
    private final Thread consoleReader;
    private final Thread errorReader;
    private final Thread shutdownHook = new Thread(this::kill, "untorn-qemu-shutdown");

    private QemuProcess(
            TemporaryFolder folder, MachineConfiguration configuration, Accelerator accelerator, GuestMemory memory)
            throws IOException {
        this.folder = folder;
        control = listen(folder.path().resolve("qmp"));
        agent = listen(folder.path().resolve("agent"));
        process = startTied(QemuCommand.of(configuration, accelerator, memory, folder.path()));
        consoleReader = record(process.inputReader(StandardCharsets.UTF_8), console, "untorn-console");
        errorReader = record(process.errorReader(StandardCharsets.UTF_8), errors, "untorn-qemu-errors");
        Runtime.getRuntime().addShutdownHook(shutdownHook);
    }

    /**
     * Start QEMU.
     *
     * @throws UntornException if QEMU is not installed or cannot be started
     */
    static QemuProcess start(MachineConfiguration configuration, Accelerator accelerator, GuestMemory memory) {
        QemuCommand.requireInstalled();
        TemporaryFolder folder = null;
        try {
            folder = TemporaryFolder.create();
            return new QemuProcess(folder, configuration, accelerator, memory);
        } catch (IOException e) {
            if (folder != null) {
                folder.close();
            }
            throw UntornException.machinery("cannot start QEMU: " + e.getMessage(), e);
        }
    }

    private static ServerSocketChannel listen(Path socket) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.configureBlocking(false);
        return channel.bind(UnixDomainSocketAddress.of(socket));
    }

    /**
     * Start the command on a thread that lives as long as the process: the kernel sends a parent-death signal when the
     * thread that started the process ends, not only when the whole JVM does.
     */
    private static Process startTied(List<String> command) throws IOException {
        CompletableFuture<Process> started = new CompletableFuture<>();
        Thread keeper = new Thread(
                () -> {
                    try {
                        Process process = new ProcessBuilder(command).start();
                        started.complete(process);
                        process.onExit().join();
                    } catch (IOException e) {
                        started.completeExceptionally(e);
                    }
                },
                "untorn-qemu");
        keeper.setDaemon(true);
        keeper.start();
        try {
            return started.join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause());
        }
    }

    private static Thread record(Reader output, Console into, String name) {
        Thread thread = new Thread(() -> into.recordFrom(output), name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** The connections that QEMU makes when it starts. */
    record Connections(SocketChannel control, SocketChannel agent) {}

    /**
     * Wait for QEMU to connect.
     *
     * <p>The folder is removed then, so that it cannot be left behind.
     */
    Connections accept() throws IOException {
        Connections connections = new Connections(accept(control), accept(agent));
        folder.close();
        return connections;
    }

    private SocketChannel accept(ServerSocketChannel server) throws IOException {
        try (server) {
            SocketChannel socket = await().atMost(CONNECT_LIMIT)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> acceptNow(server), connection -> connection != null);
            socket.configureBlocking(true);
            return socket;
        } catch (ConditionTimeoutException e) {
            throw new IOException("QEMU did not connect to its sockets in " + CONNECT_LIMIT.toSeconds() + " s", e);
        }
    }

    private @Nullable SocketChannel acceptNow(ServerSocketChannel server) throws IOException {
        SocketChannel connection = server.accept();
        if (connection == null && !process.isAlive()) {
            throw new IOException("QEMU ended at once");
        }
        return connection;
    }

    /**
     * Return the file of the guest's memory, which exists as long as QEMU runs.
     *
     * @throws IOException if its memory cannot be saved, or QEMU has ended
     */
    Path memory() throws IOException {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/" + processId() + "/fd"))) {
            for (Path descriptor : open) {
                if (Files.readSymbolicLink(descriptor).toString().contains("memfd:" + MEMORY)) {
                    return descriptor;
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        throw new IOException("QEMU has no memory file");
    }

    /** Return the time since its start. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    Console console() {
        return console;
    }

    /** Type a character on the machine's console. */
    void type(char character) throws IOException {
        OutputStream input = process.getOutputStream();
        input.write(character);
        input.flush();
    }

    long processId() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Wait until the guest is almost idle, at most for a limit. */
    void awaitIdleness(Duration limit) {
        Idleness.await(process.toHandle(), limit);
    }

    /** Wait until QEMU has ended and all its output is recorded; give up after the limit. */
    void awaitEnd(Duration limit) {
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                consoleReader.join(limit.toMillis());
                errorReader.join(limit.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Return the first line of QEMU's own error output. */
    Optional<String> firstError() {
        return errors.lines().stream().findFirst();
    }

    /** Return the end of the console, always including the reason of a panic, and QEMU's own messages, for an error message. */
    String outputTail(int lines) {
        List<String> end = new ArrayList<>(console.tail(lines));
        console.lines().stream()
                .filter(line -> line.contains(PANIC))
                .reduce((earlier, later) -> later)
                .filter(panic -> !end.contains(panic))
                .ifPresent(panic -> end.addAll(0, List.of(panic, "...")));
        return section("The console's last lines", end) + section("QEMU says", errors.tail(lines));
    }

    private static String section(String title, List<String> lines) {
        return lines.isEmpty() ? title + ": nothing.\n" : title + ":\n  " + String.join("\n  ", lines) + "\n";
    }

    /** End QEMU if it still runs, by SIGTERM and then by SIGKILL, and remove its folder. */
    @Override
    public void close() {
        process.destroy();
        awaitEnd(END_LIMIT);
        kill();
        awaitEnd(END_LIMIT);
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // The JVM is shutting down: the hook does the same.
        }
    }

    private void kill() {
        process.destroyForcibly();
        close(control);
        close(agent);
        folder.close();
    }

    private static void close(ServerSocketChannel server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a socket of QEMU", e);
        }
    }
}
