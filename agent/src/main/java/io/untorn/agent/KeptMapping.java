package io.untorn.agent;

import io.untorn.agent.linux.LibC;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.HoldMapping;
import java.util.Optional;

/** The mapping that a trace keeps, if it keeps one: of whole pages, its first page at {@code pages}; places are bytes. */
final class KeptMapping implements AutoCloseable {
    private Optional<HoldMapping> held = Optional.empty();
    private long pages;

    /** Map a range in place of the one before, by some system calls. Return 0 or an errno negated: nothing is kept then. */
    long hold(SystemCalls calls, int fd, HoldMapping hold) {
        close();
        long given = calls.map(fd, hold.offset() - intoPage(hold), intoPage(hold) + hold.length());
        if (given < 0) {
            return given;
        }
        pages = given;
        held = Optional.of(hold);
        return 0;
    }

    private static long intoPage(HoldMapping hold) {
        return hold.offset() % Buffer.PAGE;
    }

    /** Tell whether all of a range is mapped. */
    boolean covers(long from, int bytes) {
        return held.filter(hold -> hold.covers(from, bytes)).isPresent();
    }

    /** Return the address of a byte that is mapped. */
    long address(long of) {
        HoldMapping hold = held.orElseThrow();
        return pages + intoPage(hold) + (of - hold.offset());
    }

    /** Unmap it. */
    @Override
    public void close() {
        held.ifPresent(hold -> LibC.munmap(pages, intoPage(hold) + hold.length()));
        held = Optional.empty();
    }
}
