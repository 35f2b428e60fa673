package io.untorn.vm.qemu;

/** Reports that a booted machine did not answer a request. The console shows whether that is the fault of the kernel. */
public final class MachineDiedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** How it failed. */
    public enum Reason {
        /** The machine ended: a kernel panic (QEMU ends instead of restarting), a failed agent, or QEMU was killed. */
        ENDED,
        /** The limit passed: the kernel or the request hangs. The machine still runs; close it. */
        NO_ANSWER
    }

    private final Reason reason;

    MachineDiedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Return how it failed. */
    public Reason reason() {
        return reason;
    }
}
