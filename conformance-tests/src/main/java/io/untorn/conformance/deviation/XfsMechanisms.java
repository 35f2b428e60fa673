package io.untorn.conformance.deviation;

import io.untorn.conformance.coverage.CopyFork;
import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Step;
import io.untorn.model.limits.XfsGeometry;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.Blocks;
import io.untorn.model.state.FileState;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/** What goes wrong with files on XFS: most of it has to do with copy on write. */
final class XfsMechanisms {
    static final Map<String, Mechanism> BY_ID = Map.ofEntries(
            Map.entry("xfs-direct-read-past-end-eio", history -> new ReadPastEnd()),
            Map.entry("xfs-atomic-write-meets-delayed-copy", history -> new DelayedCopy()),
            Map.entry("xfs-refused-mounts-take-space", history -> new SpaceTaken()),
            Map.entry("xfs-atomic-write-reserves-whole-hole", history -> new HoleReserved()),
            Map.entry(
                    "xfs-short-atomic-write-of-missing-memory",
                    new WrongAnswer<>(Write.class, XfsMechanisms::losesFault, XfsMechanisms::writtenAsFarAsMapped)),
            Map.entry(
                    "xfs-data-after-append-to-odd-end", history -> new PartOfCopy(XfsMechanisms::isAtomicInsideBlock)),
            Map.entry(
                    "xfs-data-after-direct-append-to-sharing-file",
                    history -> new PartOfCopy(XfsMechanisms::isPlainInsideBlock)),
            Map.entry(
                    "xfs-data-after-write-cut-at-size-limit",
                    history -> new PartOfCopy(XfsMechanisms::isCutInsideBlock)),
            Map.entry(
                    "xfs-data-after-refused-atomic-write",
                    history -> new StaleRest(XfsMechanisms::afterRefusedAtomicWrite)),
            Map.entry(
                    "xfs-data-after-refused-write-to-sharing-file",
                    history -> new StaleRest(XfsMechanisms::afterRefusedPlainWrite)),
            Map.entry("xfs-stale-copy-after-atomic-write", history -> new StaleRest(XfsMechanisms::afterAtomicWrite)));

    private XfsMechanisms() {}

    /** Zeros are laid after the mapped memory, or before all of it where the write begins inside a block. */
    private static boolean losesFault(Write write, Situation on) {
        return WriteForms.lacksPartOfItsMemory(write, on)
                || (write.buffer().missing() > 0 && WriteForms.isAtomicAppendToOddEnd(write, on));
    }

    private static Optional<FileState> writtenAsFarAsMapped(Write write, Situation on, Outcome outcome) {
        int mapped = Math.max(0, WriteForms.mapped(write));
        return outcome.equals(new Outcome.Returned(mapped))
                ? Optional.of(on.stateAfter(write, mapped))
                : Optional.empty();
    }

    /** An operation in some state fails with an errno, and changes nothing. */
    private abstract static class Failing implements Trail {
        private final Errno errno;

        Failing(Errno errno) {
            this.errno = errno;
        }

        abstract boolean isMet(Step step, Situation on);

        @Override
        public final Optional<FileState> explain(Step step, Situation on) {
            return isMet(step, on) && step.outcome().equals(new Outcome.Failed(errno))
                    ? Optional.of(on.state())
                    : Optional.empty();
        }
    }

    /** Direct I/O that meets delayed allocation, which iomap takes for a race, fails with EIO. */
    private abstract static class MeetsDelayed extends Failing {
        MeetsDelayed() {
            super(Errno.EIO);
        }
    }

    /**
     * A direct read past the block of EOF meets delayed allocation there: that of a buffered write that made the file
     * longer after an atomic write.
     */
    private static final class ReadPastEnd extends MeetsDelayed {
        private boolean atomic;
        private boolean grown;

        @Override
        public boolean see(Step step, Situation on) {
            if (step.operation() instanceof Remount remount && remount.unmounts()) {
                grown = false;
            }
            if (step.operation() instanceof Write write && write.length() > 0) {
                atomic |= WriteForms.isDirectAtomic(write);
                grown |= atomic
                        && WriteForms.mayGoThroughPageCache(write, on)
                        && on.place(write) + write.length() > on.size()
                        && !(step.outcome() instanceof Outcome.Failed);
            }
            return isMet(step, on);
        }

        @Override
        boolean isMet(Step step, Situation on) {
            return grown
                    && step.operation() instanceof Read read
                    && read.access() == Access.DIRECT
                    && read.subject() == Subject.FILE
                    && read.offset() < on.size()
                    && read.offset() + read.length()
                            > CowFork.up(on.size(), on.target().blockSize());
        }
    }

    /**
     * An atomic write meets delayed allocation in the copy-on-write fork: a buffered write to shared blocks reserved
     * more than its own.
     */
    private static final class DelayedCopy extends MeetsDelayed {
        private final Ranges delayed = new Ranges();

        @Override
        public boolean see(Step step, Situation on) {
            if (step.operation() instanceof Remount remount && remount.unmounts()) {
                delayed.clear();
            }
            if (step.operation() instanceof Write write
                    && WriteForms.mayGoThroughPageCache(write, on)
                    && on.kindsUnder(write).contains(Blocks.Kind.SHARED)
                    && !(step.outcome() instanceof Outcome.Failed)) {
                CowFork.addUnits(delayed, write, on);
            }
            return isMet(step, on);
        }

        @Override
        boolean isMet(Step step, Situation on) {
            return step.operation() instanceof Write write
                    && WriteForms.isDirectAtomic(write)
                    && delayed.meets(on.place(write), on.place(write) + write.length());
        }
    }

    /**
     * An atomic write to a hole of the copy-on-write fork reserves blocks for all of the hole, up to the next blocks there:
     * those that an earlier write took, further on than there are free blocks.
     */
    private static final class HoleReserved extends Failing {
        private final Ranges copies = new Ranges();

        HoleReserved() {
            super(Errno.ENOSPC);
        }

        @Override
        public boolean see(Step step, Situation on) {
            boolean met = isMet(step, on);
            if (step.operation() instanceof Remount remount && remount.unmounts()) {
                copies.clear();
            } else if (step.operation() instanceof Truncate truncate) {
                CowFork.cut(copies, truncate, on);
            } else if (step.operation() instanceof Write write
                    && write.length() > 0
                    && on.place(write) >= 0
                    && (WriteForms.isDirectAtomic(write) || on.kindsUnder(write).contains(Blocks.Kind.SHARED))) {
                CowFork.addUnits(copies, write, on);
            }
            return met;
        }

        /** How many blocks are free is in no history: no fewer than a group has. */
        @Override
        boolean isMet(Step step, Situation on) {
            XfsGeometry xfs = on.environment().xfs();
            return step.operation() instanceof Write write
                    && WriteForms.isDirectAtomic(write)
                    && on.place(write) >= 0
                    && copies.meets(on.place(write) + xfs.groupBlocks() * xfs.blockSize(), Long.MAX_VALUE);
        }
    }

    /** Mounts that were refused have taken all free blocks from the count: what needs one finds none. */
    private static final class SpaceTaken extends Failing {
        /**
         * How many refusals leave no block: each takes a twentieth, a fifth is the log's, and three may have come before the
         * trace.
         */
        private static final int ENOUGH = 12;

        private int refused;

        SpaceTaken() {
            super(Errno.ENOSPC);
        }

        @Override
        public boolean see(Step step, Situation on) {
            if (step.operation() instanceof Remount remount
                    && remount.unmounts()
                    && step.outcome().equals(new Outcome.Failed(Errno.EINVAL))) {
                refused++;
            }
            return isMet(step, on);
        }

        @Override
        boolean isMet(Step step, Situation on) {
            return refused >= ENOUGH
                    && step.operation() instanceof Write write
                    && on.kindsUnder(write).equals(EnumSet.of(Blocks.Kind.HOLE));
        }
    }

    /** Tells of which writes XFS copies only a part of a block. */
    @FunctionalInterface
    private interface InsideBlock {
        boolean applies(Write write, int stored, boolean sharing, Situation on);
    }

    private static boolean isAtomicInsideBlock(Write write, int stored, boolean sharing, Situation on) {
        return WriteForms.isDirectAtomic(write) && on.appends(write);
    }

    private static boolean isPlainInsideBlock(Write write, int stored, boolean sharing, Situation on) {
        return sharing
                && !write.atomic()
                && write.access() == Access.DIRECT
                && on.appends(write)
                && (on.requestedPlace(write) | write.length()) % on.target().blockSize() == 0;
    }

    private static boolean isCutInsideBlock(Write write, int stored, boolean sharing, Situation on) {
        return (sharing || write.atomic())
                && write.access() == Access.DIRECT
                && stored < write.length()
                && on.exceedsSizeLimit(on.place(write) + write.length());
    }

    /** Leaves what lay on the disk in the rest of the first and the last block: only the write's own bytes were sent. */
    private static final class PartOfCopy extends StainingTrail {
        private final InsideBlock condition;
        private final CowFork fork = new CowFork();

        PartOfCopy(InsideBlock condition) {
            super(operation -> true);
            this.condition = condition;
        }

        @Override
        void lay(Step step, Situation on) {
            fork.follow(step, on);
            if (step.operation() instanceof Write write
                    && step.outcome() instanceof Outcome.Returned returned
                    && returned.value() > 0
                    && condition.applies(write, (int) returned.value(), fork.isSharing(), on)) {
                long from = on.place(write);
                long to = from + returned.value();
                int block = on.target().blockSize();
                stain(CowFork.down(from, block), from, Leftover.ofDisk(on.index()));
                stain(to, CowFork.up(to, block), Leftover.ofDisk(on.index()));
            }
        }
    }

    /** Puts blocks into the copy-on-write fork that stay there. */
    @FunctionalInterface
    private interface Staging {
        void stage(Write write, Step step, Situation on, CowFork fork);
    }

    private static void afterRefusedAtomicWrite(Write write, Step step, Situation on, CowFork fork) {
        if (WriteForms.isDirectAtomic(write) && step.outcome() instanceof Outcome.Failed) {
            fork.stage(on.place(write), on.place(write) + write.length(), on);
        }
    }

    private static void afterRefusedPlainWrite(Write write, Step step, Situation on, CowFork fork) {
        if (!write.atomic()
                && write.access() == Access.DIRECT
                && fork.isSharing()
                && (step.outcome().equals(new Outcome.Failed(Errno.ENOSPC)) || isShort(write, step))) {
            fork.stage(on.place(write), on.place(write) + write.length(), on);
        }
    }

    private static boolean isShort(Write write, Step step) {
        return step.outcome() instanceof Outcome.Returned returned && returned.value() < write.length();
    }

    private static void afterAtomicWrite(Write write, Step step, Situation on, CowFork fork) {
        if (WriteForms.isDirectAtomic(write)) {
            fork.stage(
                    CowFork.down(on.place(write), CopyFork.UNIT),
                    CowFork.up(on.place(write) + write.length(), CopyFork.UNIT),
                    on);
        }
    }

    /** Leaves, in the rest of a block that a buffered write takes a part of, what lay on the disk in the fork's block. */
    private static final class StaleRest extends StainingTrail {
        private final Staging staging;
        private final CowFork fork = new CowFork();

        StaleRest(Staging staging) {
            super(operation -> true);
            this.staging = staging;
        }

        @Override
        void lay(Step step, Situation on) {
            fork.follow(step, on);
            fork.exposeTo(step, on, this);
            if (step.operation() instanceof Write write && write.length() > 0) {
                staging.stage(write, step, on, fork);
            }
        }
    }
}
