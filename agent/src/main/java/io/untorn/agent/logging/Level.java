package io.untorn.agent.logging;

/** The levels that JNA logs at. */
public final class Level {
    public static final Level SEVERE = new Level();
    public static final Level WARNING = new Level();
    public static final Level INFO = new Level();
    public static final Level FINE = new Level();

    private Level() {}
}
