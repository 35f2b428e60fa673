package io.untorn.model.rule;

/** How a permitted outcome stands. */
public enum Grade {
    /** The one outcome that the rule names. */
    REQUIRED,
    /** One of several that the sources leave open. */
    ALLOWED,
    /** Allowed, and worth telling: a kernel may do so, and a user of atomic writes wants to know. */
    NOTABLE
}
