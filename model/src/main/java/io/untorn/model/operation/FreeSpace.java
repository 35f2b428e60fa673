package io.untorn.model.operation;

/** How much of the file system is free. */
public enum FreeSpace {
    /** More than a trace can use. */
    PLENTY,
    /** About {@link FillSpace#LITTLE} bytes. */
    A_LITTLE,
    /** Nothing that a file could get. */
    NOTHING;

    /** Tell whether what needs blocks may fail for want of them. */
    public boolean isScarce() {
        return this != PLENTY;
    }
}
