package io.untorn.agent;

import io.untorn.agent.protocol.Mount;
import io.untorn.model.target.Target;
import java.util.List;
import java.util.Optional;

/**
 * A target that is ready for traces.
 *
 * @param target what it is
 * @param disk the disk under it
 * @param path the device's node, or a file that each trace makes again
 * @param mount the file system that the file is on, if the agent mounted it
 * @param check the command that finds what is wrong with that file system, to which the disk's node is added; empty where
 *     there is none
 */
record PreparedTarget(Target target, DiskFolder disk, String path, Optional<Mount> mount, List<String> check) {
    PreparedTarget {
        check = List.copyOf(check);
    }

    boolean isFile() {
        return target.kind().isFile();
    }

    /** Return the path of a symbolic link to it, in its directory. */
    String link() {
        return path + ".link";
    }

    @Override
    public String toString() {
        return target.name() + " (" + path + ")";
    }
}
