package io.untorn.conformance.deviation;

import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.operation.Audit;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.Blocks;
import io.untorn.model.state.FileState;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What goes wrong with writes to files, whatever the file system. */
final class FileMechanisms {
    static final Map<String, Mechanism> BY_ID = Map.of(
            "atomic-write-cut-at-size-limit",
            new WrongAnswer<>(Write.class, FileMechanisms::crossesSizeLimit, FileMechanisms::writtenUpToSizeLimit),
            "iomap-warns-of-missing-memory",
            new Complaint(WriteForms::lacksPartOfItsMemory),
            "iomap-keeps-pages-of-missing-memory",
            history -> new PagesKept(),
            "data-after-refused-direct-write",
            history -> new MisalignedDirectWrite());

    private FileMechanisms() {}

    private static boolean crossesSizeLimit(Write write, Situation on) {
        return WriteForms.isDirectAtomic(write) && on.exceedsSizeLimit(on.place(write) + write.length());
    }

    private static Optional<FileState> writtenUpToSizeLimit(Write write, Situation on, Outcome outcome) {
        int stored = on.lengthStored(write);
        return stored > 0 && outcome.equals(new Outcome.Returned(stored))
                ? Optional.of(on.stateAfter(write, stored))
                : Optional.empty();
    }

    /** The pages of an atomic write whose memory is missing in part are never released. */
    private static final class PagesKept implements Trail {
        private boolean kept;

        @Override
        public boolean see(Step step, Situation on) {
            kept |= step.operation()
                    .asWrite()
                    .filter(write -> WriteForms.lacksPartOfItsMemory(write, on))
                    .isPresent();
            return isMet(step);
        }

        @Override
        public Optional<FileState> explain(Step step, Situation on) {
            return isMet(step) && step.outcome() instanceof Outcome.Unclean
                    ? Optional.of(on.state())
                    : Optional.empty();
        }

        private boolean isMet(Step step) {
            return kept && step.operation().equals(new Audit(Audit.Aspect.PINNED_PAGES));
        }
    }

    /**
     * A direct write that can't go to the disk as it is leaves blocks without their zeros: those that it found no data
     * in. If it is refused, that is all of them, else the rest of the first and the last.
     */
    private static final class MisalignedDirectWrite extends StainingTrail {
        private static final Set<Blocks.Kind> WRITTEN = EnumSet.of(Blocks.Kind.WRITTEN);

        MisalignedDirectWrite() {
            super(operation -> true);
        }

        @Override
        void lay(Step step, Situation on) {
            if (!(step.operation() instanceof Write write)
                    || write.length() == 0
                    || !WriteForms.isMisalignedDirect(write, on)) {
                return;
            }
            int block = on.target().blockSize();
            long from = on.place(write);
            long to = step.outcome() instanceof Outcome.Returned returned ? from + returned.value() : from;
            long end = from + write.length();
            leave(from / block * block, from, on);
            leave(to, (end + block - 1) / block * block, on);
        }

        private void leave(long from, long to, Situation on) {
            int block = on.target().blockSize();
            for (long at = from; at < to; at = (at / block + 1) * block) {
                if (!on.state().blocks().kinds(at / block * block, block).equals(WRITTEN)) {
                    stain(at, Math.min(to, (at / block + 1) * block), Leftover.ofDisk(on.index()));
                }
            }
        }
    }
}
