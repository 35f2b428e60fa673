package io.untorn.model.operation;

/** Which of a trace's two files an operation is about. */
public enum Subject {
    /** The file, or the device, that the trace is about. */
    FILE,
    /** The second file, empty at the start, that blocks can be shared with. A device has none. */
    TWIN;

    /** Return the other one. */
    public Subject other() {
        return this == FILE ? TWIN : FILE;
    }
}
