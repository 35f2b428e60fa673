package io.untorn.agent;

import io.untorn.agent.linux.LibC;
import io.untorn.agent.linux.Uapi;
import io.untorn.agent.protocol.AgentException;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.OpenMode;

/** A file or a device, and a trace's three descriptors of it. A descriptor that is not open is -1. */
final class TargetFile {
    private static final int OWNER_MAY_READ_AND_WRITE = 0600;
    private static final int CLOSED = -1;

    private final String path;
    private OpenMode mode = OpenMode.READ_WRITE;
    private int control = CLOSED;
    private int buffered = CLOSED;
    private int direct = CLOSED;

    TargetFile(String path) {
        this.path = path;
    }

    /** Open what is there, in the mode that it was open in last. */
    void open() {
        open(0);
    }

    /** Make the file again, empty, and open it. */
    void create() {
        LibC.unlink(path);
        open(Uapi.O_CREAT | Uapi.O_EXCL);
    }

    private void open(int creation) {
        control = LibC.open(path, Uapi.O_RDWR | Uapi.O_CLOEXEC | creation, OWNER_MAY_READ_AND_WRITE);
        int result = control < 0 ? control : reopen(mode);
        if (result < 0) {
            throw new AgentException("open of " + path + " failed with errno " + -result);
        }
    }

    /** Open descriptors of reads and writes in a mode in place of those before. Return 0, or an errno negated: those stay. */
    int reopen(OpenMode wanted) {
        int flags = (wanted.readOnly() ? Uapi.O_RDONLY : Uapi.O_RDWR)
                | (wanted.append() ? Uapi.O_APPEND : 0)
                | (wanted.sync() ? Uapi.O_DSYNC : 0)
                | Uapi.O_CLOEXEC;
        int cached = LibC.open(path, flags, 0);
        int uncached = LibC.open(path, flags | Uapi.O_DIRECT, 0);
        if (cached < 0 || uncached < 0) {
            LibC.close(cached);
            LibC.close(uncached);
            return cached < 0 ? cached : uncached;
        }
        LibC.close(buffered);
        LibC.close(direct);
        mode = wanted;
        buffered = cached;
        direct = uncached;
        return 0;
    }

    /** Return the mode of the descriptors of reads and writes. */
    OpenMode mode() {
        return mode;
    }

    /** Return a descriptor of reads and writes. */
    int descriptor(Access access) {
        return access == Access.DIRECT ? direct : buffered;
    }

    /** Return the descriptor of everything else: opened O_RDWR, without O_DIRECT, whatever the mode. */
    int control() {
        return control;
    }

    /** Close what is open. */
    void close() {
        LibC.close(control);
        LibC.close(buffered);
        LibC.close(direct);
        control = CLOSED;
        buffered = CLOSED;
        direct = CLOSED;
    }
}
