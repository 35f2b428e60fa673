package io.untorn.cli;

/** The terminal that standard output goes to, as the launcher describes it. */
final class Terminal {
    private static final int DEFAULT_WIDTH = 100;
    private static final int LEAST_WIDTH = 40;

    private Terminal() {}

    /** Return its width in columns, 40 or more: COLUMNS, or 100 if that is not set. */
    static int width() {
        String columns = System.getenv().getOrDefault("COLUMNS", "");
        return columns.matches("[1-9]\\d{1,3}") ? Math.max(LEAST_WIDTH, Integer.parseInt(columns)) : DEFAULT_WIDTH;
    }

    /** Tell whether it shows colours, and the user has not set NO_COLOR (no-color.org). */
    static boolean hasColour() {
        return Boolean.getBoolean("untorn.colour")
                && System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
    }
}
