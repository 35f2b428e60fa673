package io.untorn.simulated;

import io.untorn.model.operation.HoldMapping;
import org.jspecify.annotations.Nullable;

/** The mapping that the process keeps, if it keeps one: it shows what the volume holds, unless its pages were forgotten. */
final class KeptMapping {
    private final SimulatedMachine machine;
    private final Source source;
    private @Nullable HoldMapping held;
    private byte[] pages = new byte[0];
    private boolean detached;

    /** Where pages come from. */
    @FunctionalInterface
    interface Source {
        /** Return what a range holds, as far as it lies inside. */
        byte[] read(long offset, int length) throws Refused;
    }

    KeptMapping(SimulatedMachine machine, Source source) {
        this.machine = machine;
        this.source = source;
    }

    void hold(HoldMapping hold) throws Refused {
        held = hold;
        seen();
    }

    void release() {
        held = null;
        pages = new byte[0];
        detached = false;
    }

    /** Tell whether all of a range is mapped. */
    boolean covers(long offset, int length) {
        return held != null && held.covers(offset, length);
    }

    /** Note that something was done to the volume that the pages show. */
    void seen() throws Refused {
        if (held != null && machine.has(SimulatedFault.HELD_MAPPING_STALE)) {
            pages = source.read(held.offset(), held.length());
        }
    }

    /** Note that a direct write went past the pages. */
    void passed() {
        detached = held != null;
    }

    /** Return what a range that is mapped and inside shows. */
    byte[] load(long offset, int length) throws Refused {
        byte[] shown = source.read(offset, length);
        if (held != null && machine.has(SimulatedFault.HELD_MAPPING_STALE)) {
            int from = (int) (offset - held.offset());
            System.arraycopy(pages, from, shown, 0, Math.max(0, Math.min(shown.length, pages.length - from)));
        }
        return shown;
    }

    /** Tell whether what is stored in it gets lost. */
    boolean loses() {
        return detached && machine.has(SimulatedFault.HELD_MAPPING_DETACHED);
    }
}
