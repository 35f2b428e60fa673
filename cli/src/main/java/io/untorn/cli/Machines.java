package io.untorn.cli;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many virtual machines this one has room for. */
final class Machines {
    private static final int CORES_OF_EACH = 2;

    /** The guest, QEMU beside it, and the Java that judges. */
    private static final long BYTES_OF_EACH = 3L << 30;

    private Machines() {}

    /** Return how many run at once where the user doesn't say; at least one. */
    static int byDefault() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long byMemory = system.getFreeMemorySize() / BYTES_OF_EACH;
        return (int) Math.max(1, Math.min(byMemory, system.getAvailableProcessors() / CORES_OF_EACH));
    }
}
