package io.untorn.model.rule;

/** The ground that a rule stands on. */
public enum Authority {
    /** The documents promise it: it stands above what any implementation does. */
    PROMISE,
    /** The kernel's own order of checks, or an interface's documented answer. */
    INTERFACE,
    /** No document decides: the rule permits what each version does, by its source, and what it would do if it looked. */
    SILENT
}
