package io.untorn.vm.qemu;

/** The saved state of a machine, from which others start. */
final class Snapshot {
    private final byte[] state;
    private final MemoryImage memory;
    private final byte[] note;

    /**
     * Create a snapshot.
     *
     * @param state the state of its processor and devices
     * @param memory its memory
     * @param note data that was given when the machine was saved
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

    /** Return the data that was given when the machine was saved. */
    byte[] note() {
        return note.clone();
    }

    /** Return its memory. */
    MemoryImage memory() {
        return memory;
    }
}
