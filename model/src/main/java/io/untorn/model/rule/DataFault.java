package io.untorn.model.rule;

/** The ways in which data can be other than it was written. */
public enum DataFault {
    /** A part of what a write returned success for is there, and a part is not. */
    TORN,
    /** Data of a write that was refused is there. */
    REFUSED_BUT_WRITTEN,
    /** Data is not where its operation put it. */
    MISPLACED,
    /** After a power cut a part of an atomic write is there, and a part is not. */
    TORN_BY_POWER_CUT,
    /** A power cut took away what was durable. */
    LOST_IN_POWER_CUT,
    /** After a power cut there is data from neither before nor after a change that was not yet durable. */
    NEITHER_OLD_NOR_NEW,
    /** Something else: what was written last is not there, or what was never written is. */
    WRONG
}
