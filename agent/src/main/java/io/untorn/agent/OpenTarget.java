package io.untorn.agent;

import io.untorn.agent.linux.LibC;
import io.untorn.agent.linux.Uapi;
import io.untorn.model.Access;

/** A target opened twice, with O_DIRECT and without. */
final class OpenTarget implements AutoCloseable {
    private static final int OWNER_MAY_READ_AND_WRITE = 0600;

    private final int direct;
    private final int buffered;

    /** Open a path; {@code flags} are added to O_RDWR. */
    OpenTarget(String path, int flags) {
        buffered = open(path, flags);
        direct = open(path, Uapi.O_DIRECT);
    }

    private static int open(String path, int flags) {
        int fd = LibC.open(path, Uapi.O_RDWR | Uapi.O_CLOEXEC | flags, OWNER_MAY_READ_AND_WRITE);
        if (fd < 0) {
            throw new AgentException("open of " + path + " failed with errno " + -fd);
        }
        return fd;
    }

    int descriptor(Access access) {
        return access == Access.DIRECT ? direct : buffered;
    }

    @Override
    public void close() {
        LibC.close(direct);
        LibC.close(buffered);
    }
}
