package io.untorn.agent;

import io.untorn.agent.linux.LibC;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.HoldMapping;

/** The mapping that a trace keeps, if it keeps one; addresses and lengths are of whole pages, places are bytes. */
final class KeptMapping implements AutoCloseable {
    private long address;
    private long mapped;
    private long offset;
    private int length;

    /** Map a range in place of the one before, by some system calls. Return 0 or an errno negated: nothing is kept then. */
    long hold(SystemCalls calls, int fd, HoldMapping hold) {
        close();
        long before = hold.offset() % Buffer.PAGE;
        long given = calls.map(fd, hold.offset() - before, before + hold.length());
        if (given < 0) {
            return given;
        }
        address = given + before;
        mapped = before + hold.length();
        offset = hold.offset();
        length = hold.length();
        return 0;
    }

    /** Tell whether all of a range is mapped. */
    boolean covers(long from, int bytes) {
        return mapped > 0 && from >= offset && from + bytes <= offset + length;
    }

    /** Return the address of a byte that is mapped. */
    long address(long of) {
        return address + (of - offset);
    }

    /** Unmap it. */
    @Override
    public void close() {
        if (mapped > 0) {
            LibC.munmap(address - offset % Buffer.PAGE, mapped);
            mapped = 0;
        }
    }
}
