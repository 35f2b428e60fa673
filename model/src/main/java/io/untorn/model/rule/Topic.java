package io.untorn.model.rule;

/** What a rule is about, in the order in which specifications list their rules. */
public enum Topic {
    /** What is promised, whatever an implementation does. */
    PROMISE,
    /** The limits of atomic writes, and what they derive from. */
    LIMITS,
    /** Writes, in the kernel's order of checks. */
    WRITES,
    /** All other operations. */
    OPERATIONS
}
