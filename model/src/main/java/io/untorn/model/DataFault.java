package io.untorn.model;

/** The ways in which data can be other than it was written. */
public enum DataFault {
    /** A part of what a write returned success for is there, and a part is not. */
    TORN,
    /** Data of a write that was refused is there. */
    REFUSED_BUT_WRITTEN,
    /** Data is at another place than its operation put it. */
    MISPLACED,
    /** Something else: what was written last is not there, or what nobody wrote is. */
    WRONG
}
