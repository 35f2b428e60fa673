package io.untorn.simulated;

import io.untorn.model.operation.Access;
import io.untorn.model.operation.OpenMode;
import java.util.EnumMap;
import java.util.Map;

/** The two descriptors of reads and writes, as they were opened last. */
final class Descriptors {
    private final OpenMode mode;
    private final boolean atomicGranted;
    private final Map<Access, Long> positions = new EnumMap<>(Access.class);

    Descriptors(OpenMode mode, boolean atomicGranted) {
        this.mode = mode;
        this.atomicGranted = atomicGranted;
    }

    OpenMode mode() {
        return mode;
    }

    /** Tell whether FMODE_CAN_ATOMIC_WRITE was set at open. */
    boolean isAtomicGranted() {
        return atomicGranted;
    }

    long position(Access access) {
        return positions.getOrDefault(access, 0L);
    }

    void move(Access access, long position) {
        positions.put(access, position);
    }
}
