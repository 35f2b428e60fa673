package io.untorn.agent.protocol;

import io.untorn.model.target.Target;
import java.util.List;

/**
 * How to make a target ready.
 *
 * @param target what to make ready
 * @param modules kernel modules to load, in order; those that are there already are left alone
 * @param requestKibibytes the most KiB in one request to the disk, atomic writes excepted; see {@code max_sectors_kb} in
 *     Documentation/ABI/stable/sysfs-block
 * @param partition whether the target is on the disk's first partition; else it is on the whole disk
 * @param makeFileSystem the mkfs command and its arguments, to which the disk's node is added; empty for a block device
 * @param checkFileSystem the command that finds what is wrong with the file system, to which the node is added; empty for a
 *     block device
 * @param fileSystem the type to mount; empty for a block device
 * @param fault the fault to seed at the system calls
 */
public record Preparation(
        Target target,
        List<Module> modules,
        int requestKibibytes,
        boolean partition,
        List<String> makeFileSystem,
        List<String> checkFileSystem,
        String fileSystem,
        SystemCallFault fault) {
    public Preparation {
        modules = List.copyOf(modules);
        makeFileSystem = List.copyOf(makeFileSystem);
        checkFileSystem = List.copyOf(checkFileSystem);
    }

    /** Return this with another fault. */
    public Preparation with(SystemCallFault other) {
        return new Preparation(
                target, modules, requestKibibytes, partition, makeFileSystem, checkFileSystem, fileSystem, other);
    }

    /** A kernel module, and its parameters: names, equals signs and values, with blanks between. */
    public record Module(String name, String parameters) {}
}
