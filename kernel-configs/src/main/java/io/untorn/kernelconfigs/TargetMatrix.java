package io.untorn.kernelconfigs;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The targets and their disk, from {@code targets.json}.
 *
 * @param disk the disk that every target is on
 * @param targets the targets, in the order they run
 * @param kconfig the option that builds each kernel module
 */
public record TargetMatrix(Disk disk, List<Entry> targets, Map<String, String> kconfig) {
    private static final String RESOURCE = "/io/untorn/kernelconfigs/targets.json";

    /**
     * The disk.
     *
     * @param about a description for users
     * @param modules the kernel modules it needs
     * @param parameters their parameters, by module
     * @param requestKibibytes the most KiB in one request to it, atomic writes excepted: a long one costs scsi_debug much
     *     more than several short ones (drivers/scsi/scsi_debug.c, do_device_access, looks up each sector from the start of
     *     the request's pages, 6.11 to 7.3)
     */
    public record Disk(String about, List<String> modules, Map<String, String> parameters, int requestKibibytes) {}

    /**
     * A target.
     *
     * @param name its name
     * @param about a description for users
     * @param atomicWrites the kernel versions that take atomic writes there, for users
     * @param kind block device, or file on which file system
     * @param blockSize the block size in bytes
     * @param clusterSize the unit of allocation in bytes; the block size except with bigalloc
     * @param reflink whether files can share blocks
     * @param partition whether it is on the disk's partition; else it is on the whole disk
     * @param modules the kernel modules it needs besides those of the disk
     * @param makeFileSystem the mkfs command; empty for a block device
     * @param checkFileSystem the command that finds what is wrong with the file system, and repairs nothing; empty for a
     *     block device
     * @param fileSystem the type to mount; empty for a block device
     */
    public record Entry(
            String name,
            String about,
            String atomicWrites,
            TargetKind kind,
            int blockSize,
            int clusterSize,
            boolean reflink,
            boolean partition,
            List<String> modules,
            List<String> makeFileSystem,
            List<String> checkFileSystem,
            String fileSystem) {
        /** Return the target for traces. */
        public Target target() {
            return new Target(name, kind, blockSize, clusterSize, reflink);
        }
    }

    /** Load the matrix that the kit ships. */
    public static TargetMatrix load() {
        try (InputStream in = TargetMatrix.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return new JsonMapper().readValue(in, TargetMatrix.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Return the target with a name, if it exists. */
    public Optional<Entry> find(String name) {
        return targets.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /** Return the kernel modules that targets need, those of the disk first. */
    public Set<String> modulesFor(List<Entry> wanted) {
        Set<String> modules = new LinkedHashSet<>(disk.modules());
        wanted.forEach(entry -> modules.addAll(entry.modules()));
        return modules;
    }
}
