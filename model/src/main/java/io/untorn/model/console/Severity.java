package io.untorn.model.console;

/** What a splat leaves unfit for the next trace, from nothing to everything. */
public enum Severity {
    /** Nothing: the kernel printed something and went on. */
    WARNS,
    /** The target: its file system may be read-only, shut down or damaged. It has to be made again. */
    SPOILS_TARGET,
    /**
     * The kernel: locks may be held for ever, memory may be overwritten, or what complained has switched itself off, as
     * lockdep and KASAN do after their first report. The machine has to be booted again.
     */
    SPOILS_KERNEL
}
