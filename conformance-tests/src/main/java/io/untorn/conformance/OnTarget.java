package io.untorn.conformance;

/** Properties that a session's target is made ready for. */
interface OnTarget {
    /** Return the name of the target. */
    String target();
}
