package io.untorn.vm.qemu;

/** A machine at one moment, from which others start. */
final class Snapshot {
    private final byte[] state;
    private final MemoryImage memory;
    private final byte[] note;

    /**
     * Create one.
     *
     * @param state the state of its processor and devices
     * @param memory what its memory holds
     * @param note what whoever saved the machine wants to know of it
     */
    Snapshot(byte[] state, MemoryImage memory, byte[] note) {
        this.state = state.clone();
        this.memory = memory;
        this.note = note.clone();
    }

    /** Return the state of its processor and devices. */
    byte[] state() {
        return state.clone();
    }

    /** Return what whoever saved the machine wants to know of it. */
    byte[] note() {
        return note.clone();
    }

    /** Return what its memory holds. */
    MemoryImage memory() {
        return memory;
    }
}
