package io.untorn.agent;

import io.untorn.agent.linux.LibC;
import io.untorn.agent.protocol.AgentException;
import io.untorn.model.limits.Disk;
import io.untorn.model.limits.QueueGeometry;
import io.untorn.model.limits.QueueLimits;
import io.untorn.model.limits.ScsiProfile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What sysfs reports of a SCSI disk.
 *
 * @param path the disk's folder in {@code /sys/block}
 */
record DiskFolder(Path path) {
    private static final int SECTOR = 512;
    private static final int KIBIBYTE = 1024;

    /** Read all of it. What the running kernel does not report counts as 0. */
    Disk disk() {
        int logicalBlockSize = (int) queueValue("logical_block_size");
        return new Disk(
                ScsiProfile.parse(
                        blockLimitsPage(), logicalBlockSize, (int) queueValue("physical_block_size"), protectionType()),
                new QueueGeometry(
                        queueValue("max_hw_sectors_kb") * KIBIBYTE,
                        (int) queueValue("max_segments"),
                        logicalBlockSize,
                        LibC.getpagesize(),
                        queueValue("chunk_sectors") * SECTOR),
                new QueueLimits(
                        queueValue("atomic_write_unit_min_bytes"),
                        queueValue("atomic_write_unit_max_bytes"),
                        queueValue("atomic_write_max_bytes"),
                        queueValue("atomic_write_boundary_bytes")));
    }

    /** Have the kernel split requests that are longer; it does not split atomic writes. */
    void splitRequests(int kibibytes) throws IOException {
        Files.writeString(path.resolve("queue/max_sectors_kb"), String.valueOf(kibibytes));
    }

    private byte[] blockLimitsPage() {
        Path page = path.resolve("device/vpd_pgb0");
        try {
            return Files.exists(page) ? Files.readAllBytes(page) : new byte[0];
        } catch (IOException e) {
            throw unreadable(page, e);
        }
    }

    private int protectionType() {
        Path disks = path.resolve("device/scsi_disk");
        try (DirectoryStream<Path> addresses = Files.newDirectoryStream(disks)) {
            for (Path address : addresses) {
                return (int) value(address.resolve("protection_type"));
            }
            throw new AgentException(disks + " is empty");
        } catch (IOException e) {
            throw unreadable(disks, e);
        }
    }

    private long queueValue(String name) {
        return value(path.resolve("queue").resolve(name));
    }

    private static long value(Path file) {
        try {
            return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static AgentException unreadable(Path file, IOException cause) {
        return new AgentException("can't read " + file + ": " + cause.getMessage(), cause);
    }
}
