package io.untorn.model.operation;

/** How an operation reaches the target's data. */
public enum Access {
    /** Through a descriptor opened with O_DIRECT. */
    DIRECT,
    /** Through a descriptor opened without it, so through the page cache. */
    BUFFERED
}
