package io.untorn.simulated;

import io.untorn.model.history.Errno;

/** A system call fails. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Errno errno;

    Refused(Errno errno) {
        super(errno.toString(), null, false, false);
        this.errno = errno;
    }

    Errno errno() {
        return errno;
    }
}
