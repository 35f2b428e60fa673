package io.untorn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many virtual machines can run on this host at once. */
final class MachineCapacity {
    private static final int CORES_OF_EACH = 2;

    /** For the guest, QEMU, and the JVM that judges. */
    private static final long BYTES_OF_EACH = 3L << 30;

    private static final Path MEMORY = Path.of("/proc/meminfo");

    /** Free memory and reclaimable page cache (proc_meminfo(5)). */
    private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d+) kB$");

    private MachineCapacity() {}

    /** Return how many run at once by default; at least one. */
    static int ofThisHost() {
        return within(availableBytes(), Runtime.getRuntime().availableProcessors());
    }

    /** Return how many can run with this much memory, in bytes, and this many cores; at least one. */
    static int within(long bytes, int cores) {
        return (int) Math.max(1, Math.min(bytes / BYTES_OF_EACH, cores / CORES_OF_EACH));
    }

    private static long availableBytes() {
        try {
            Matcher available = AVAILABLE.matcher(Files.readString(MEMORY));
            return available.find() ? Long.parseLong(available.group(1)) << 10 : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
