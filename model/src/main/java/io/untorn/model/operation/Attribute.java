package io.untorn.model.operation;

import java.util.Locale;

/** What chattr(1) can make of a file, as far as it matters to writes; one at a time. */
public enum Attribute {
    /** None of these. */
    NONE,
    /** {@code chattr +a}: opened for writing with O_APPEND alone. */
    APPEND_ONLY,
    /** {@code chattr +i}: not to be changed. */
    IMMUTABLE,
    /** {@code chattr +j}: data goes through the journal. */
    DATA_JOURNALLED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
