package io.untorn.conformance;

import io.untorn.model.Trace;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Hands a session over to jqwik, which makes property classes by itself. A program installs its own before it runs them;
 * else the first property begins one from the system properties (see {@link Settings}).
 */
final class CurrentSession {
    private static final AtomicReference<@Nullable Session> INSTALLED = new AtomicReference<>();
    private static final AtomicReference<@Nullable Trace> SAVED = new AtomicReference<>();

    private CurrentSession() {}

    /** Make this the session that properties find. */
    static void install(Session session) {
        INSTALLED.set(session);
    }

    /** Return the session that was installed last. */
    static Session get() {
        Session installed = INSTALLED.get();
        if (installed == null) {
            installed = VirtualSession.fromSystemProperties();
            INSTALLED.set(installed);
        }
        return installed;
    }

    /** Take a saved trace to run, in place of generated ones. */
    static void take(Trace trace) {
        SAVED.set(trace);
    }

    /** Return the saved trace. */
    static Trace saved() {
        Trace taken = SAVED.get();
        if (taken == null) {
            throw new IllegalStateException("no saved trace was taken");
        }
        return taken;
    }
}
