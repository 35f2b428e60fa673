package io.untorn.agent.linux;

import com.sun.jna.LastErrorException;
import java.io.IOException;

/** Tell that the guest's kernel refused a call, and with which errno. */
public final class GuestCallException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    GuestCallException(String action, LastErrorException cause) {
        super("cannot " + action + ": " + cause.getMessage(), cause);
        errno = cause.getErrorCode();
    }

    /** Return the errno, a positive number. */
    public int errno() {
        return errno;
    }
}
