package io.untorn.vm;

/** A machine at one moment, from which others start. */
final class Snapshot {
    private final byte[] state;
    private final MemoryImage memory;

    /**
     * Create one.
     *
     * @param state the state of its processor and devices
     * @param memory what its memory holds
     */
    Snapshot(byte[] state, MemoryImage memory) {
        this.state = state.clone();
        this.memory = memory;
    }

    /** Return the state of its processor and devices. */
    byte[] state() {
        return state.clone();
    }

    /** Return what its memory holds. */
    MemoryImage memory() {
        return memory;
    }
}
