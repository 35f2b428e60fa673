package io.untorn.simulated;

import io.untorn.model.history.Outcome;
import io.untorn.model.operation.Audit;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import java.util.List;

/** What the operations of a trace leave behind: nothing, but for a fault. */
final class Leftovers {
    private final SimulatedMachine machine;
    private long hiddenFrom;
    private long hiddenTo;
    private boolean pinned;
    private boolean used;
    private boolean wrong;

    Leftovers(SimulatedMachine machine) {
        this.machine = machine;
    }

    /** Note what an operation, which finds a file of a size in bytes, leaves behind. */
    void note(Operation operation, long size) {
        boolean partly = operation instanceof Write write && write.atomic() && write.isPartlyMapped();
        boolean shortened = operation instanceof Truncate truncate && truncate.size() < size;
        pinned |= partly && machine.has(SimulatedFault.PAGES_STAY_PINNED);
        used |= shortened && machine.has(SimulatedFault.SPACE_STAYS_IN_USE);
        wrong |= shortened && machine.has(SimulatedFault.TRUNCATE_LEAVES_INCONSISTENCY);
    }

    /** Note an atomic write at a place that stored some bytes. */
    void noteStored(Write write, long bytes) {
        if (write.atomic() && write.offset() >= 0 && machine.has(SimulatedFault.MAPPING_MISSES_ATOMIC_WRITE)) {
            hiddenFrom = write.offset();
            hiddenTo = write.offset() + bytes;
        }
    }

    /** Hide from bytes at an offset, which a mapping shows, what is not shown. */
    void hide(byte[] bytes, long offset) {
        for (long at = Math.max(hiddenFrom, offset); at < Math.min(hiddenTo, offset + bytes.length); at++) {
            bytes[(int) (at - offset)] = 0;
        }
    }

    /** Return what an audit finds. */
    Outcome found(Audit.Aspect aspect, boolean inFileSystem) {
        return switch (aspect) {
            case PINNED_PAGES ->
                pinned ? new Outcome.Unclean(List.of("1 pages of memory are still pinned")) : Outcome.DONE;
            case FILE_SYSTEM ->
                wrong && inFileSystem
                        ? new Outcome.Unclean(List.of("Free blocks count wrong (80000, counted=80001)."))
                        : Outcome.DONE;
            case FREE_SPACE ->
                used && inFileSystem
                        ? new Outcome.Unclean(List.of("4096 bytes more are in use than before the file was made"))
                        : Outcome.DONE;
        };
    }
}
