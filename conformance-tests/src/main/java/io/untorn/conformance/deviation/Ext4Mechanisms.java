package io.untorn.conformance.deviation;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.MapStore;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Situation;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What goes wrong with files on ext4. */
final class Ext4Mechanisms {
    static final Map<String, Mechanism> BY_ID = Map.of(
            "ext4-warns-of-append-to-odd-end",
            new Complaint(WriteForms::isAtomicAppendToOddEnd),
            "ext4-warns-of-append-from-missing-memory",
            new Complaint((write, on) ->
                    WriteForms.isAtomicAppendToOddEnd(write, on) && WriteForms.lacksPartOfItsMemory(write, on)),
            "ext4-zero-range-leaves-data",
            history -> new BlockOfOldEnd(false),
            "ext4-loses-data-after-append-to-odd-end",
            history -> new BlockOfOldEnd(true));

    private Ext4Mechanisms() {}

    /** The page cache may hold what the disk does not, and lose it: only what goes to the disk takes it away. */
    private static boolean goesToDisk(Operation operation) {
        return !(operation instanceof MapStore)
                && !(operation instanceof Write write && write.access() == Access.BUFFERED);
    }

    /**
     * Zeroing whole blocks from that of EOF on makes the file longer, and leaves the page of that block with its old
     * data and a mapping to blocks that count as unwritten from then on: what comes to the page is lost when it leaves.
     */
    private static final class BlockOfOldEnd extends StainingTrail {
        private final boolean needsAppend;
        private boolean appended;

        BlockOfOldEnd(boolean needsAppend) {
            super(Ext4Mechanisms::goesToDisk);
            this.needsAppend = needsAppend;
        }

        @Override
        void lay(Step step, Situation on) {
            appended |= step.operation() instanceof Write write
                    && WriteForms.isAtomicAppendToOddEnd(write, on)
                    && step.outcome() instanceof Outcome.Failed;
            int block = on.target().blockSize();
            long start = on.size() / block * block;
            if (step.operation() instanceof Fallocate zeroing
                    && zeroing.mode() == Fallocate.Mode.ZERO_RANGE
                    && !(step.outcome() instanceof Outcome.Failed)
                    && zeroing.offset() <= start
                    && start < on.size()
                    && zeroing.end() > on.size()
                    && (appended || !needsAppend)) {
                Set<Origin> left = new HashSet<>(Set.of(Origin.ZERO));
                on.state().contents().slice(start, block).runs().stream()
                        .map(Contents.Run::origin)
                        .forEach(left::add);
                stain(start, start + block, Leftover.oneOf(left));
            }
        }
    }
}
