package io.untorn.agent.linux;

import java.io.IOException;

/** Reports that the guest's kernel refused a call, and with which errno. */
public final class GuestCallException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    GuestCallException(String action, int errno) {
        super("cannot " + action + ": [" + errno + "] " + LibC.strerror(errno));
        this.errno = errno;
    }

    /** Return the errno, a positive number. */
    public int errno() {
        return errno;
    }
}
