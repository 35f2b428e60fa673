package io.untorn.model.operation;

/** Which of a trace's two files an operation means. */
public enum Subject {
    /** The file, or the device, that the trace is about. */
    FILE,
    /** The file beside it, empty at the start, that blocks can be shared with. Beside a device there is none. */
    TWIN
}
