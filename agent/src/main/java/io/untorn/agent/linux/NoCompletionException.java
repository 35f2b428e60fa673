package io.untorn.agent.linux;

import java.time.Duration;

/** A request that the kernel took did not complete in time; its memory is the kernel's still. */
public final class NoCompletionException extends Exception {
    private static final long serialVersionUID = 1L;

    NoCompletionException(String engine, Duration waited) {
        super(engine + " did not complete a write within " + waited.toSeconds() + " s");
    }
}
