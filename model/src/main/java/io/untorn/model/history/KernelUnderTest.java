package io.untorn.model.history;

import io.untorn.model.target.Facility;
import io.untorn.model.target.Target;
import java.util.Map;
import java.util.Set;

/** A kernel that runs traces: the only part that does I/O. It knows no rules. */
public interface KernelUnderTest extends AutoCloseable {
    /** Prepare a target for traces, and return what a trace finds there. The target prepared before is gone. */
    Environment prepare(Target target);

    /** Run a trace on the target prepared last, from its pristine state. */
    History run(Trace trace);

    /** Let the kernel print again what it prints but once, so that a trace may show it again. */
    void rearmWarnings();

    /**
     * Undo what traces have done to the kernel since the target was made ready, as far as this kernel can: at the least, it
     * prints again what it prints but once.
     */
    default void restore() {
        rearmWarnings();
    }

    /** Get ready, while the next trace runs, for {@link #restore()} to come after it; a kernel that can't may do nothing. */
    default void expectRestore() {}

    /**
     * Get ready for the next trace to hang as one before it did: whether it does will be confirmed, so the kernel need not be
     * waited for longer than that hang tells.
     */
    default void expectHang() {}

    /** Return what this kernel can do beyond running operations. */
    default Set<Facility> facilities() {
        return Set.of();
    }

    /** Return what the kernel was asked for and can't do, each with the reason; for the target prepared last. */
    default Map<Facility, String> lacks() {
        return Map.of();
    }

    @Override
    void close();
}
