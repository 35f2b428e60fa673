package io.untorn.conformance.deviation;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Audit;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.MapStore;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.TwinWrite;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.FileState;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
            history -> new BlockOfOldEnd(true),
            "ext4-failed-append-leaves-blocks",
            history -> new BlocksBehindEnd(),
            "ext4-last-cluster-not-counted",
            history -> new LastCluster(),
            "ext4-last-cluster-warned-of",
            history -> new LastCluster(),
            "ext4-last-cluster-warn-on",
            history -> new LastCluster());

    private Ext4Mechanisms() {}

    /** The page cache may hold what the disk does not, and lose it: only what goes to the disk takes it away. */
    private static boolean goesToDisk(Operation operation) {
        return !(operation instanceof MapStore)
                && !(operation instanceof Write write && write.access() == Access.BUFFERED);
    }

    /**
     * Zeroing whole blocks from that of EOF on makes the file longer, and leaves the page of that block with its old
     * data and a mapping to blocks that count as unwritten from then on: what comes to the page is lost when it leaves. A
     * truncate inside the block keeps the page.
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
            if (step.operation() instanceof Truncate truncate
                    && !(step.outcome() instanceof Outcome.Failed)
                    && truncate.size() % block != 0) {
                widen(truncate.size() - 1, (truncate.size() / block + 1) * block);
            }
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

    /**
     * An atomic append from partly mapped memory fails where EOF lies inside a block, and leaves the blocks behind EOF that it
     * has allocated: e2fsck finds them, and a size that is too small for them.
     */
    private static final class BlocksBehindEnd implements Trail {
        /** What e2fsck prints of a file whose size does not cover its blocks, and what goes with it. */
        private static final Pattern TOO_SMALL =
                Pattern.compile("Inode \\d+, i_size is (\\d+), should be (\\d+)\\. {2}Fix\\? no");

        private static final Pattern BESIDE = Pattern.compile("e2fsck exits with 4|/dev/\\S+: .*");

        private final Set<Long> ends = new HashSet<>();

        @Override
        public boolean see(Step step, Situation on) {
            if (step.outcome() instanceof Outcome.Failed) {
                if (step.operation() instanceof Write write) {
                    note(write, on);
                } else if (step.operation() instanceof TwinWrite twin) {
                    note(twin.write(), on.ofTwin());
                }
            }
            return isMet(step);
        }

        private void note(Write write, Situation on) {
            int block = on.target().blockSize();
            if (WriteForms.lacksPartOfItsMemory(write, on)
                    && WriteForms.isAtomicAppendToOddEnd(write, on)
                    && on.size() % block != 0) {
                ends.add((on.size() + write.length() + block - 1) / block * block);
            }
        }

        @Override
        public Optional<FileState> explain(Step step, Situation on) {
            return isMet(step)
                            && step.outcome() instanceof Outcome.Unclean unclean
                            && unclean.faults().stream().anyMatch(fault -> isTooSmall(fault, on))
                            && unclean.faults().stream()
                                    .allMatch(fault -> isTooSmall(fault, on)
                                            || BESIDE.matcher(fault).matches())
                    ? Optional.of(on.state().mounted(on.environment().limits()))
                    : Optional.empty();
        }

        private boolean isMet(Step step) {
            return !ends.isEmpty() && step.operation().equals(new Audit(Audit.Aspect.FILE_SYSTEM));
        }

        private boolean isTooSmall(String fault, Situation on) {
            Matcher matcher = TOO_SMALL.matcher(fault);
            if (!matcher.matches()) {
                return false;
            }
            long size = Long.parseLong(matcher.group(1));
            return (size == on.size() || size == on.ofTwin().size()) && ends.contains(Long.parseLong(matcher.group(2)));
        }
    }
}
