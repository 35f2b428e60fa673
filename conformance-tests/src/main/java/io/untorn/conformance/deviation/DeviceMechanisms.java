package io.untorn.conformance.deviation;

import io.untorn.model.history.History;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.MapStore;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.FileState;
import java.util.Map;
import java.util.Optional;

/** What goes wrong with writes to block devices. */
final class DeviceMechanisms {
    static final Map<String, Mechanism> BY_ID = Map.of(
            "device-atomic-write-cut-at-missing-page",
            new WrongAnswer<>(Write.class, WriteForms::lacksPartOfItsMemory, DeviceMechanisms::writtenAsFarAsMapped),
            "memory-alignment-not-checked",
            new WrongAnswer<>(Write.class, DeviceMechanisms::isMisalignedInOnePage, DeviceMechanisms::written),
            "device-dontcache-write-crashes",
            DontcacheCrash::new);

    private DeviceMechanisms() {}

    /** The mapped memory becomes an atomic write of its own, where it has a length that the device takes. */
    private static Optional<FileState> writtenAsFarAsMapped(Write write, Situation on, Outcome outcome) {
        int mapped = WriteForms.mapped(write);
        return mapped > 0
                        && mapped % on.limits().unitMin() == 0
                        && mapped <= on.limits().unitMax()
                        && outcome.equals(new Outcome.Returned(mapped))
                ? Optional.of(on.stateAfter(write, mapped))
                : Optional.empty();
    }

    private static boolean isMisalignedInOnePage(Write write, Situation on) {
        return WriteForms.isDirectAtomic(write)
                && !on.isMemoryAligned(write)
                && write.buffer().startOf(write.length()) + write.length() <= Buffer.PAGE;
    }

    private static Optional<FileState> written(Write write, Situation on, Outcome outcome) {
        return outcome.equals(new Outcome.Returned(write.length()))
                ? Optional.of(on.stateAfter(write, write.length()))
                : Optional.empty();
    }

    /** A write with RWF_DONTCACHE to a device whose page cache no operation has made dirty. */
    private static final class DontcacheCrash implements Trail {
        private final History history;
        private boolean dirtied;

        DontcacheCrash(History history) {
            this.history = history;
        }

        @Override
        public boolean see(Step step, Situation on) {
            boolean met = !dirtied && isDontcache(step.operation());
            dirtied |= step.operation() instanceof MapStore
                    || (step.operation() instanceof Write write && write.access() == Access.BUFFERED);
            return met;
        }

        @Override
        public boolean madeComplaint(int step) {
            return !dirtied && isDontcache(history.trace().operations().get(step));
        }

        private static boolean isDontcache(Object operation) {
            return operation instanceof Write write && write.flags().has(RwFlag.DONTCACHE);
        }
    }
}
