package io.untorn.agent;

import io.untorn.model.DiskLimits;
import io.untorn.model.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A target that is ready for traces.
 *
 * @param target what it is
 * @param profile what its disk is made to promise
 * @param queue the folder of its disk's request queue in sysfs
 * @param path the device's node, or a file that each trace makes anew
 * @param mount the file system that the file is on, if the agent mounted it
 */
record PreparedTarget(Target target, DiskLimits profile, Path queue, String path, Optional<Mount> mount) {
    boolean isFile() {
        return target.kind().isFile();
    }

    /** Return the atomic write limits that the request queue tells; none on a kernel that has no such files. */
    DiskLimits queueLimits() {
        return new DiskLimits(
                queueValue("atomic_write_unit_min_bytes", 0), queueValue("atomic_write_unit_max_bytes", 0));
    }

    /** Return the bytes of a logical block. */
    int logicalBlockSize() {
        return (int) queueValue("logical_block_size", 512);
    }

    private long queueValue(String name, long absent) {
        Path file = queue.resolve(name);
        if (Files.notExists(file)) {
            return absent;
        }
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException e) {
            throw new AgentException("can't read " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return target.name() + " (" + path + ")";
    }
}
