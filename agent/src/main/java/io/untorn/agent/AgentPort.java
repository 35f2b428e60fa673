package io.untorn.agent;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Find the virtio-serial port to the host: its number depends on the machine's PCI devices, its name does not. */
final class AgentPort {
    private static final String NAME = "io.untorn.agent";
    private static final Path PORTS = Path.of("/sys/class/virtio-ports");
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(5);

    private AgentPort() {}

    static RandomAccessFile open() throws IOException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            String device = device();
            if (device != null) {
                return new RandomAccessFile("/dev/" + device, "rw");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw new IOException("no virtio-serial port named " + NAME + " after " + LIMIT.toSeconds()
                + " s: is virtio_console (and virtio_pci) built in, or among the modules to load at boot?");
    }

    private static @Nullable String device() throws IOException {
        if (!Files.isDirectory(PORTS)) {
            return null;
        }
        try (DirectoryStream<Path> ports = Files.newDirectoryStream(PORTS)) {
            for (Path port : ports) {
                Path name = port.resolve("name");
                if (Files.exists(name) && Files.readString(name).strip().equals(NAME)) {
                    return port.getFileName().toString();
                }
            }
        }
        return null;
    }
}
