package io.untorn.model.rule;

/** On what ground a rule stands. */
public enum Authority {
    /** The documents promise it: it stands above what any implementation does. */
    PROMISE,
    /** The kernel's own order of checks, or an interface's documented answer. */
    INTERFACE,
    /** Nobody says: the rule permits what is reasonable. */
    SILENT
}
