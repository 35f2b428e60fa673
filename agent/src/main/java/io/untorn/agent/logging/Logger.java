package io.untorn.agent.logging;

import org.jspecify.annotations.Nullable;

/** Logs nothing: a failed call says what went wrong. */
public final class Logger {
    private static final Logger SILENT = new Logger();

    private Logger() {}

    public static Logger getLogger(String name) {
        return SILENT;
    }

    public void log(Level level, String message) {}

    public void log(Level level, String message, @Nullable Object parameter) {}

    public void log(Level level, String message, Object[] parameters) {}

    public void log(Level level, String message, @Nullable Throwable thrown) {}
}
