package io.untorn.agent;

import io.untorn.agent.linux.LibC;
import io.untorn.agent.linux.Uapi;
import io.untorn.model.Target;

/**
 * A target that is ready for traces.
 *
 * @param target what it is
 * @param disk the disk under it
 * @param path the device's node, or a file that each trace makes anew
 */
record PreparedTarget(Target target, DiskFolder disk, String path) {
    boolean isFile() {
        return target.kind().isFile();
    }

    /** Open the target as a trace finds it: a device as it is, a file empty and new. */
    OpenTarget openPristine() {
        if (!isFile()) {
            return new OpenTarget(path, 0);
        }
        LibC.unlink(path);
        return new OpenTarget(path, Uapi.O_CREAT | Uapi.O_EXCL);
    }

    @Override
    public String toString() {
        return target.name() + " (" + path + ")";
    }
}
