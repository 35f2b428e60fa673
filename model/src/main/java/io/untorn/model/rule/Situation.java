package io.untorn.model.rule;

import static io.untorn.model.rule.Expectation.fitting;
import static io.untorn.model.rule.Expectation.notable;

import io.untorn.model.contents.Contents;
import io.untorn.model.history.Environment;
import io.untorn.model.history.Errno;
import io.untorn.model.history.Outcome;
import io.untorn.model.history.Outcome.Failed;
import io.untorn.model.history.Outcome.ReadBack;
import io.untorn.model.history.Step;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.LimitFileSize;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Expectation.Exactly;
import io.untorn.model.rule.Expectation.Fitting;
import io.untorn.model.rule.Expectation.Permit;
import io.untorn.model.rule.Expectation.Showing;
import io.untorn.model.state.Blocks;
import io.untorn.model.state.CachedPages;
import io.untorn.model.state.Change;
import io.untorn.model.state.FileState;
import io.untorn.model.state.PageCaches;
import io.untorn.model.target.Limits;
import io.untorn.model.target.Target;
import io.untorn.model.target.TargetKind;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an operation meets in one world.
 *
 * @param target where the trace runs
 * @param environment what the trace found when it began
 * @param state what the target holds in this world
 * @param caches what may be in the page cache
 * @param index the operation's place in the trace, from 0
 */
public record Situation(Target target, Environment environment, FileState state, PageCaches caches, int index) {
    private static final Set<Blocks.Kind> WRITTEN = EnumSet.of(Blocks.Kind.WRITTEN);

    /** Return what the operation meets as the twin sees it, which takes itself for the file. */
    public Situation ofTwin() {
        return new Situation(target, environment, state.ofTwin(), caches.ofTwin(), index);
    }

    /** Return what of the file or device may be in the page cache. */
    public CachedPages cached() {
        return caches.file();
    }

    /** Return the limits of atomic writes, in bytes. */
    public Limits limits() {
        return state.limits();
    }

    /** Return the size of the target, in bytes. */
    public long size() {
        return state.size();
    }

    /** Tell whether direct I/O takes a range for certain: offset and length are aligned. */
    public boolean isDirectAligned(long offset, long length) {
        return (offset | length) % environment.directAlignment() == 0;
    }

    /**
     * Tell whether a file would end beyond RLIMIT_FSIZE, or be larger than its file system lets it be: the kernel looks at
     * both in the same places (fs/read_write.c, generic_write_check_limits; fs/attr.c, inode_newsize_ok, 6.1 to 7.3). A
     * device has no such limit.
     */
    public boolean exceedsSizeLimit(long end) {
        return target.kind().isFile() && end > sizeLimit();
    }

    /** Tell whether a file would be larger than its file system lets it be. */
    public boolean exceedsLargestFile(long end) {
        return target.kind().isFile() && end > target.largestFile();
    }

    private long sizeLimit() {
        return state.sizeLimit() == LimitFileSize.UNLIMITED
                ? target.largestFile()
                : Math.min(state.sizeLimit(), target.largestFile());
    }

    /** Tell whether the file has an attribute. */
    public boolean is(Attribute attribute) {
        return state.conditions().attribute() == attribute;
    }

    /** Tell whether all of a range lies in the mapping that is kept. */
    public boolean holds(long offset, int length) {
        return state.conditions()
                .mapping()
                .filter(held -> held.covers(offset, length))
                .isPresent();
    }

    /**
     * Tell whether an operation that needs blocks may find none. Root may take what ext4 reserves
     * (fs/ext4/balloc.c, ext4_has_free_clusters, 6.1 to 7.3).
     */
    public boolean isSpaceScarce() {
        return switch (state.conditions().space()) {
            case PLENTY -> false;
            case RESERVED_FOR_ROOT -> target.kind() != TargetKind.EXT4;
            case CHECKERBOARD, A_LITTLE, NOTHING -> true;
        };
    }

    /** Tell whether a range may need blocks, and find none. */
    public boolean mayLackSpace(long offset, long length) {
        return isSpaceScarce() && !state.blocks().kinds(offset, length).equals(WRITTEN);
    }

    /** Tell whether a write may need blocks, and find none; XFS may copy what an atomic one overwrites. */
    public boolean mayLackSpace(Write write) {
        return mayLackSpace(place(write), write.length())
                || (isSpaceScarce() && write.atomic() && target.kind() == TargetKind.XFS);
    }

    /**
     * Tell whether a write to a file may find pages in the page cache that it must drop, and can't: then one that may
     * wait asks to try again, too. If space is scarce, writing back any page of the file may have failed before.
     */
    public boolean mayMeetPages(Write write) {
        return target.kind().isFile()
                && (cached().mayHold(place(write), write.length())
                        || (isSpaceScarce() && cached().mayHold(0, Long.MAX_VALUE)));
    }

    /** Tell whether a write may be asked to try again: it must not wait, or may meet pages that can't be dropped. */
    public boolean mayAskAgain(Write write) {
        return write.flags().has(RwFlag.NOWAIT) || mayMeetPages(write);
    }

    /** Allow a refusal for want of space that leaves everything as it was. */
    public Permit noSpace() {
        return notable(new Failed(Errno.ENOSPC), state);
    }

    /** Return how many bytes of a range lie before the end of the target. */
    public int inside(long offset, int length) {
        return (int) Math.max(0, Math.min(length, size() - offset));
    }

    /** Return the place that a write names: its offset, or the position of its descriptor. In bytes. */
    public long requestedPlace(Write write) {
        return write.offset() == Write.AT_POSITION ? state.open().position(write.access()) : write.offset();
    }

    /** Tell whether a write goes to the end of the file, whatever place it names; on a device none does. */
    public boolean appends(Write write) {
        return target.kind().isFile()
                && (write.flags().has(RwFlag.APPEND)
                        || (state.open().mode().append() && !write.flags().has(RwFlag.NOAPPEND)));
    }

    /** Return where a write's data goes, in bytes. */
    public long place(Write write) {
        return appends(write) ? size() : requestedPlace(write);
    }

    /** Return how many bytes of a plain write find room: before the end of a device, before RLIMIT_FSIZE in a file. */
    public int lengthStored(Write write) {
        long room = target.kind().isFile() ? sizeLimit() - place(write) : size() - place(write);
        return (int) Math.min(write.length(), room);
    }

    /** Tell whether a write's memory is what direct I/O takes. */
    public boolean isMemoryAligned(Write write) {
        return write.buffer().startOf(write.length()) % environment.memoryAlignment() == 0;
    }

    /** Return what lies under a write's place. */
    public Set<Blocks.Kind> kindsUnder(Write write) {
        return state.blocks().kinds(place(write), write.length());
    }

    /** Return what a write lays down at a place. */
    Change change(Write write, long place, long length) {
        boolean durable = state.open().mode().sync()
                || write.flags().has(RwFlag.DSYNC)
                || write.flags().has(RwFlag.SYNC);
        return durable ? change(write, place, length, Change.Kind.DURABLE) : changeAtRisk(write, place, length);
    }

    /** Return what a write that fails may have laid down at a place: no sync followed. */
    public Change changeAtRisk(Write write, long place, long length) {
        return change(write, place, length, write.atomic() ? Change.Kind.ATOMIC : Change.Kind.TEARABLE);
    }

    private Change change(Write write, long place, long length, Change.Kind kind) {
        return new Change(index, place, length, write.stampedOffset() + (place - place(write)), kind);
    }

    /** Return the world in which a write has stored its first bytes. */
    public FileState stateAfter(Write write, int stored) {
        long place = place(write);
        FileState after = state.written(change(write, place, stored));
        if (target.kind().isFile()) {
            boolean cached = write.access() == Access.BUFFERED
                    && state.blocks().kinds(place, stored).contains(Blocks.Kind.HOLE);
            after = after.laid(place, stored, target.blockSize(), cached ? Blocks.Kind.DELAYED : Blocks.Kind.WRITTEN);
        }
        return write.offset() == Write.AT_POSITION ? after.positioned(write.access(), place + stored) : after;
    }

    /**
     * Permit a write through a ring at the position to leave it where it was: the kernel moves it only where the write
     * was complete when the ring had handed it on, and was done at once.
     */
    public Expectation withPositionOpen(Write write, Expectation expectation) {
        return mayLeavePosition(write) ? expectation.or(after -> positionLeft(write, after)) : expectation;
    }

    /** Return the worlds that a step may leave if one is that in which the position has moved. */
    public Stream<FileState> withPositionOpen(Step step, FileState after) {
        return step.operation() instanceof Write write && mayLeavePosition(write)
                ? Stream.of(after, positionLeft(write, after))
                : Stream.of(after);
    }

    private boolean mayLeavePosition(Write write) {
        return write.offset() == Write.AT_POSITION
                && write.engine().isRing()
                && (write.access() == Access.DIRECT || lengthStored(write) < write.length());
    }

    private FileState positionLeft(Write write, FileState after) {
        return after.positioned(write.access(), state.open().position(write.access()));
    }

    /** Return the world in which a write has stored all that fits. */
    public FileState stateAfter(Write write) {
        return stateAfter(write, lengthStored(write));
    }

    /** Return the world in which all of a write lies at the place that it names, whatever rules move or cut it. */
    public FileState stateAsNamed(Write write) {
        return stateAfter(write.with(write.flags().without(RwFlag.APPEND).with(RwFlag.NOAPPEND)), write.length());
    }

    /** Expect all of a write's bytes in place. */
    public Expectation stored(Write write) {
        return Expectation.required(new Outcome.Returned(write.length()), stateAfter(write));
    }

    /** Expect a refusal that leaves everything as it was. */
    public Expectation refusal(Errno errno) {
        return Expectation.required(new Failed(errno), state);
    }

    /** Allow any refusal that leaves everything as it was. */
    public Permit anyRefusal() {
        return anyRefusal(Grade.ALLOWED);
    }

    /** Allow any refusal that leaves everything as it was, of a grade. */
    public Permit anyRefusal(Grade grade) {
        return new Fitting(
                "an error", grade, outcome -> outcome instanceof Failed ? Optional.of(state) : Optional.empty());
    }

    /**
     * Allow a write any error, and everything as it was. Where the error is none of those that come before the data is
     * sent, a power cut may yet show that the data was stored.
     */
    public Permit anyRefusal(Write write) {
        return fitting(
                "an error",
                outcome -> outcome instanceof Failed failed
                        ? Optional.of(failed.errno().comesFirst() ? state : stateAttempted(write))
                        : Optional.empty());
    }

    /** Return the world in which nothing changed, but a power cut may show that all of a write was stored. */
    public FileState stateAttempted(Write write) {
        return state.attempted(changeAtRisk(write, place(write), write.length()));
    }

    /** Return the data that a read finds. */
    public ReadBack dataOf(Read read) {
        return new ReadBack(state.contents(read.subject()).slice(read.offset(), read.length()));
    }

    /** Allow a read to bring all that is there. */
    public Permit whole(Read read) {
        ReadBack data = dataOf(read);
        return data.contents().isInDoubt()
                ? new Showing(state, read.subject(), data.contents())
                : new Exactly(data, Grade.REQUIRED, state);
    }

    /** Allow a read to bring the first bytes of what is there, any number of them. */
    public Permit anyPrefixOf(Read read) {
        Contents there = dataOf(read).contents();
        return fitting(
                "a part of " + there,
                outcome -> outcome instanceof ReadBack back
                                && back.contents().from() == there.from()
                                && back.contents().length() <= there.length()
                        ? state.showing(read.subject(), back.contents())
                        : Optional.empty());
    }
}
