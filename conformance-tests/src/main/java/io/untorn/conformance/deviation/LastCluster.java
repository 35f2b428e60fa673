package io.untorn.conformance.deviation;

import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.operation.Audit;
import io.untorn.model.operation.Audit.Aspect;
import io.untorn.model.operation.Layout;
import io.untorn.model.operation.MapStore;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.TwinWrite;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.FileState;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ext4 takes the last cluster that a file can have for allocated if the file has blocks elsewhere, and reserves nothing for what
 * the page cache is to store there: the cluster is allocated, and not counted in the inode. If as many clusters are freed as
 * were counted, the file seems to have no blocks, and those that it has stay in use when it is removed.
 */
final class LastCluster implements Trail {
    private static final Pattern COUNTED_WRONG =
            Pattern.compile("Inode \\d+, i_blocks is (\\d+), should be (\\d+)\\. {2}Fix\\? no");
    private static final Pattern BESIDE = Pattern.compile("e2fsck exits with 4|/dev/\\S+: .*");
    private static final Pattern IN_USE = Pattern.compile("(\\d+) bytes more are in use than before the file was made");

    /** Units in which i_blocks counts; a count below zero is stored in 48 bits, of blocks (fs/ext4/inode.c, ext4_inode_blocks_set). */
    private static final int SECTOR = 512;

    private static final long WRAPPED = 1L << 48;

    /** How many clusters may not be counted, of the file and its twin. */
    private int uncounted;

    /** The operation that was the first to leave one; none yet if it is the largest number. */
    private int first = Integer.MAX_VALUE;

    @Override
    public boolean see(Step step, Situation on) {
        boolean met = isMet(step);
        if (step.operation().equals(new Audit(Aspect.FREE_SPACE))) {
            uncounted = 0;
        } else if (on.target().clusterSize() > on.target().blockSize()) {
            note(step, on);
        }
        return met;
    }

    private void note(Step step, Situation on) {
        if (step.operation() instanceof Layout layout) {
            layout.calls().forEach(call -> note(call, layout.length(), on));
        } else if (step.outcome() instanceof Outcome.Returned returned) {
            note(step.operation(), returned.value(), on);
        }
    }

    private void note(Operation operation, long stored, Situation on) {
        if (operation instanceof TwinWrite twin) {
            note(twin.write(), stored, on.ofTwin());
        } else if (operation instanceof Write write && WriteForms.mayGoThroughPageCache(write, on)) {
            note(on.place(write), stored, on);
        } else if (operation instanceof MapStore store) {
            note(store.offset(), stored, on);
        }
    }

    private void note(long place, long stored, Situation on) {
        long last = on.target().largestFile()
                / on.target().clusterSize()
                * on.target().clusterSize();
        if (stored > 0 && place + stored > last && on.state().blocks().end() > 0) {
            uncounted++;
            first = Math.min(first, on.index());
        }
    }

    /** Tell whether the cluster may be allocated in a step: when the page cache is written back, in any step that follows. */
    @Override
    public boolean madeComplaint(int step) {
        return step >= first;
    }

    @Override
    public Optional<FileState> explain(Step step, Situation on) {
        if (!isMet(step) || !(step.outcome() instanceof Outcome.Unclean unclean)) {
            return Optional.empty();
        }
        List<String> faults = unclean.faults();
        if (step.operation().equals(new Audit(Aspect.FREE_SPACE))) {
            return faults.size() == 1 && staysInUse(faults.get(0), on)
                    ? Optional.of(on.state().emptied(on.environment().limits()))
                    : Optional.empty();
        }
        return faults.stream().anyMatch(fault -> isCountedWrong(fault, on))
                        && faults.stream()
                                .allMatch(fault -> isCountedWrong(fault, on)
                                        || BESIDE.matcher(fault).matches())
                ? Optional.of(on.state().mounted(on.environment().limits()))
                : Optional.empty();
    }

    private boolean isMet(Step step) {
        return uncounted > 0 && step.operation() instanceof Audit audit && audit.aspect() != Aspect.PINNED_PAGES;
    }

    private boolean staysInUse(String fault, Situation on) {
        Matcher matcher = IN_USE.matcher(fault);
        return matcher.matches()
                && isUncounted(Long.parseLong(matcher.group(1)), on.target().clusterSize());
    }

    private boolean isCountedWrong(String fault, Situation on) {
        Matcher matcher = COUNTED_WRONG.matcher(fault);
        if (!matcher.matches()) {
            return false;
        }
        long counted = Long.parseLong(matcher.group(1));
        long there = Long.parseLong(matcher.group(2));
        return counted < there
                ? isUncounted(there - counted, on.target().clusterSize() / SECTOR)
                : isUncounted(
                        WRAPPED + there - counted,
                        on.target().clusterSize() / on.target().blockSize());
    }

    private boolean isUncounted(long difference, int cluster) {
        return difference > 0 && difference % cluster == 0 && difference / cluster <= uncounted;
    }
}
