package io.untorn.model.rule;

/** The rank of a permitted outcome. */
public enum Grade {
    /** The one outcome that the rule names. */
    REQUIRED,
    /** One of several that the sources leave open. */
    ALLOWED,
    /** Allowed, but a user of atomic writes wants to know: reports list it. */
    NOTABLE
}
