package io.untorn.agent.linux;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import io.untorn.agent.linux.struct.rlimit;

/** Limit how long a file this process may make. The JVM ignores its signal, SIGXFSZ. */
public final class FileSizeLimit {
    private static final int SIZE = new rlimit().size();

    private FileSizeLimit() {}

    /**
     * Set the limit; it can be raised again.
     *
     * @param bytes {@code RLIM_INFINITY} for none
     * @return 0 or a negated errno
     */
    public static int set(long bytes) {
        try (Memory memory = new Memory(SIZE)) {
            rlimit limit = new rlimit(memory);
            limit.rlim_cur = bytes;
            limit.rlim_max = Uapi.RLIM_INFINITY;
            limit.write();
            return LibC.setrlimit(Uapi.RLIMIT_FSIZE, Pointer.nativeValue(memory));
        }
    }
}
