package io.untorn.model.state;

import io.untorn.model.contents.Contents;
import io.untorn.model.contents.Origin;
import io.untorn.model.contents.TooManyWorldsException;
import io.untorn.model.history.Environment;
import io.untorn.model.history.Extent;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.FreeSpace;
import io.untorn.model.operation.HoldMapping;
import io.untorn.model.operation.LimitFileSize;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.operation.Subject;
import io.untorn.model.state.Blocks.Kind;
import io.untorn.model.target.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One world: what the target holds if it is this one, and how the process has it open. Immutable.
 *
 * @param contents who wrote every byte of the file or device, from 0 to its size
 * @param twin likewise of the file beside it; nothing beside a device
 * @param blocks what lies under the file's ranges
 * @param twinBlocks likewise of the twin
 * @param places where the file's data is known to lie
 * @param open the descriptors of reads and writes
 * @param limits what statx reports now
 * @param sizeLimit RLIMIT_FSIZE in bytes, or {@link LimitFileSize#UNLIMITED}
 * @param conditions what stands around the data
 * @param durability what a power cut may take away
 */
public record FileState(
        Contents contents,
        Contents twin,
        Blocks blocks,
        Blocks twinBlocks,
        Places places,
        OpenFile open,
        Limits limits,
        long sizeLimit,
        Conditions conditions,
        Durability durability) {
    /** The most worlds that are followed at once. */
    public static final int MAX_WORLDS = 1024;

    /** Return the state that a trace begins with: zeros, as many bytes as the target has, opened read-write. */
    public static FileState pristine(Environment environment) {
        Contents file = Contents.zeros(environment.size());
        Contents twin = Contents.zeros(0);
        return new FileState(
                file,
                twin,
                Blocks.NONE,
                Blocks.NONE,
                Places.UNKNOWN,
                OpenFile.opened(OpenMode.READ_WRITE, environment.limits()),
                environment.limits(),
                LimitFileSize.UNLIMITED,
                Conditions.PRISTINE,
                Durability.of(file, twin));
    }

    /** Return the state for a trace that does not cut the power. */
    public FileState neverCut() {
        return with(durability.ignored());
    }

    /** Return the size in bytes. */
    public long size() {
        return contents.end();
    }

    /** Return what one of the two files holds. */
    public Contents contents(Subject subject) {
        return subject == Subject.FILE ? contents : twin;
    }

    /** Return the state with data in place; the size grows where it ends beyond it. */
    public FileState written(Change change) {
        return change.length() == 0 ? this : changed(change::onto, Optional.of(change), blocks);
    }

    /** Return the state after a write that failed, of which a power cut may show that it was stored all the same. */
    public FileState attempted(Change change) {
        return with(durability.with(Subject.FILE, change::onto, Optional.of(change), Math.max(change.end(), size())));
    }

    /** Return the state after data in place has taken blocks of a kind, of a size in bytes. */
    public FileState laid(long offset, long length, int unit, Kind kind) {
        return length == 0 ? this : over(blocks.with(down(offset, unit), up(offset + length, unit), kind));
    }

    /** Return the state with blocks under a range that had none; the size stays. */
    public FileState allocated(long offset, long length, int unit) {
        Blocks filled = blocks;
        for (long at = down(offset, unit), end = up(offset + length, unit); at < end; at += unit) {
            if (filled.kinds(at, unit).contains(Kind.HOLE)) {
                filled = filled.with(at, at + unit, Kind.UNWRITTEN);
            }
        }
        return over(filled);
    }

    /** Return the state with zeros in a range, as far as it lies inside, and a hole under its whole blocks. */
    public FileState punched(long offset, long length, int unit) {
        return changed(
                held -> held.with(offset, length, Origin.ZERO),
                blocks.with(up(offset, unit), down(offset + length, unit), Kind.HOLE));
    }

    /** Return the state with zeros, and a hole, under the whole blocks of a range. */
    public FileState punchedInside(long offset, long length, int unit) {
        long from = up(offset, unit);
        return from < down(offset + length, unit) ? punched(from, down(offset + length, unit) - from, unit) : this;
    }

    /** Return the state with zeros in a range, as far as it lies inside, and unwritten blocks under it. */
    public FileState zeroed(long offset, long length, int unit) {
        return changed(
                held -> held.with(offset, length, Origin.ZERO),
                blocks.with(up(offset, unit), down(offset + length, unit), Kind.UNWRITTEN));
    }

    /** Return the state with a size, in bytes, and no blocks of a size past it; what is new reads as zeros. */
    public FileState truncated(long size, int unit) {
        FileState known = with(durability.sizeKnown());
        return size <= size()
                ? known.changed(held -> held.resized(size), blocks.cut(up(size, unit)))
                : known.grownTo(size);
    }

    /** Return the state with at least a size. */
    public FileState grownTo(long size) {
        return size <= size()
                ? with(durability.with(Subject.FILE, held -> held, Optional.empty(), size))
                : changed(held -> held.resized(Math.max(size, held.end())), blocks);
    }

    /** Return the state without a range, which lies inside. */
    public FileState collapsed(long offset, long length) {
        return changed(held -> held.without(offset, length), blocks.moved(offset, -length));
    }

    /** Return the state with zeros put in before what lies at an offset, which lies inside. */
    public FileState inserted(long offset, long length) {
        return changed(held -> held.inserting(offset, length), blocks.moved(offset, length));
    }

    /** Return the state with a copy of a range, which lies inside, at another place. */
    public FileState cloned(CloneRange clone) {
        Contents copy = contents(clone.from()).slice(clone.source(), clone.length());
        UnaryOperator<Contents> effect =
                held -> held.resized(Math.max(clone.destination() + clone.length(), held.end()))
                        .withCopy(copy, clone.destination());
        FileState shared = sharing(clone.from(), clone.source(), clone.length());
        long end = clone.destination() + clone.length();
        FileState changed =
                clone.to() == Subject.FILE ? shared.changed(effect, shared.blocks) : shared.twinChanged(effect);
        FileState sharing = changed.sharing(clone.to(), clone.destination(), clone.length());
        return clone.to() == Subject.FILE ? sharing.grownTo(end) : sharing;
    }

    private FileState sharing(Subject subject, long offset, long length) {
        Blocks shared = (subject == Subject.FILE ? blocks : twinBlocks).with(offset, offset + length, Kind.SHARED);
        return subject == Subject.FILE ? over(shared) : overTwin(shared);
    }

    /**
     * Return the state as the twin sees it, which takes itself for the file: opened read-write as a trace begins, without an
     * attribute, and mapped nowhere.
     */
    public FileState ofTwin() {
        return new FileState(
                /* contents= */ twin,
                /* twin= */ contents,
                /* blocks= */ twinBlocks,
                /* twinBlocks= */ blocks,
                Places.UNKNOWN,
                OpenFile.opened(OpenMode.READ_WRITE, limits),
                limits,
                sizeLimit,
                conditions.with(Attribute.NONE).with(Optional.empty()),
                durability.swapped());
    }

    /** Return the state after an operation that led to another as the twin sees it. */
    public FileState afterTwin(FileState seen) {
        return new FileState(
                /* contents= */ seen.twin,
                /* twin= */ seen.contents,
                /* blocks= */ seen.twinBlocks,
                /* twinBlocks= */ seen.blocks,
                Places.UNKNOWN,
                open,
                limits,
                sizeLimit,
                conditions,
                seen.durability.swapped());
    }

    /** Return the state with both files written back, and safe from a power cut. */
    public FileState durable() {
        return fileDurable()
                .twinAllocatedDelayed()
                .with(durability.synced(Subject.FILE, contents).synced(Subject.TWIN, twin));
    }

    /** Return the state with the file written back, and safe from a power cut. */
    public FileState fileDurable() {
        return allocatedDelayed()
                .with(durability.synced(Subject.FILE, contents))
                .with(conditions.writtenBack());
    }

    /**
     * Return the states that a power cut may leave, after a mount that gives these limits and an open: one for each
     * size, in which bytes are in doubt until they are read. What lies under them is taken to be as it was.
     *
     * @throws TooManyWorldsException if there are more than can be followed
     */
    public List<FileState> afterPowerCut(Limits given) {
        List<FileState> states = new ArrayList<>();
        for (Contents twinLeft : durability.twin().afterPowerCut()) {
            for (Contents left : durability.file().afterPowerCut()) {
                states.add(new FileState(
                        left,
                        twinLeft,
                        allocatedDelayed().blocks.cut(left.end()),
                        twinAllocatedDelayed().twinBlocks.cut(twinLeft.end()),
                        Places.UNKNOWN,
                        OpenFile.opened(OpenMode.READ_WRITE, given),
                        given,
                        LimitFileSize.UNLIMITED,
                        conditions.with(Optional.empty()),
                        durability.cut(left, twinLeft)));
            }
        }
        return states;
    }

    /** Return the state in which a range holds what a read brought; empty if it can't. */
    public Optional<FileState> showing(Subject subject, Contents seen) {
        Contents now = contents(subject);
        Contents possible = now.slice(seen.from(), seen.length());
        if (possible.equals(seen)) {
            return Optional.of(this);
        }
        return possible.length() == seen.length()
                        && durability.fates().sight(possible, seen) instanceof Fates.Sighting.Possible sighting
                ? Optional.of(certain(subject, now, seen, sighting.fates()))
                : Optional.empty();
    }

    private FileState certain(Subject subject, Contents now, Contents seen, Fates fates) {
        Contents certain = now.withCopy(seen, seen.from());
        return new FileState(
                subject == Subject.FILE ? certain : contents,
                subject == Subject.TWIN ? certain : twin,
                blocks,
                twinBlocks,
                places,
                open,
                limits,
                sizeLimit,
                conditions,
                durability.seen(subject, now, seen, fates));
    }

    /** Return the state whose size was reported. */
    public FileState sizeSeen() {
        return with(durability.sizeKnown());
    }

    /** Return the state with blocks for all that was waiting for them. */
    public FileState allocatedDelayed() {
        return over(blocks.replacing(Kind.DELAYED, Kind.WRITTEN, 0, Long.MAX_VALUE));
    }

    private FileState twinAllocatedDelayed() {
        return overTwin(twinBlocks.replacing(Kind.DELAYED, Kind.WRITTEN, 0, Long.MAX_VALUE));
    }

    /** Return the state with descriptors opened again. */
    public FileState opened(OpenMode mode) {
        return with(OpenFile.opened(mode, limits));
    }

    /** Return the state with a descriptor moved. */
    public FileState positioned(Access access, long position) {
        return with(open.moved(access, position));
    }

    /** Return the state after an unmount, a mount that gives these limits, and an open. */
    public FileState mounted(Limits given) {
        return durable().released().limited(given).opened(open.mode());
    }

    /** Return the state in which both files are made again, empty, after a mount that gives these limits. */
    public FileState emptied(Limits given) {
        Contents none = Contents.zeros(0);
        return new FileState(
                none,
                none,
                Blocks.NONE,
                Blocks.NONE,
                Places.UNKNOWN,
                OpenFile.opened(open.mode(), given),
                given,
                sizeLimit,
                Conditions.PRISTINE,
                durability.synced(Subject.FILE, none).synced(Subject.TWIN, none));
    }

    /** Return the state with other limits; what was granted at open stays. */
    public FileState limited(Limits given) {
        return new FileState(
                contents, twin, blocks, twinBlocks, places, open, given, sizeLimit, conditions, durability);
    }

    /** Return the state with another RLIMIT_FSIZE, in bytes. */
    public FileState sizeLimited(long bytes) {
        return new FileState(contents, twin, blocks, twinBlocks, places, open, limits, bytes, conditions, durability);
    }

    /** Return the state with another amount of free space, and all of it written back. */
    public FileState filled(FreeSpace space) {
        FileState after = durable();
        return after.with(after.conditions.with(space));
    }

    /** Return the state with an attribute, and the file written back. */
    public FileState attributed(Attribute attribute) {
        FileState after = fileDurable();
        return after.with(after.conditions.with(attribute));
    }

    /** Return the state with a mapping that is kept, in place of one before. */
    public FileState holding(HoldMapping hold) {
        return with(conditions.with(Optional.of(HeldMapping.of(hold))));
    }

    /** Return the state with no mapping that is kept. */
    public FileState released() {
        return with(conditions.with(Optional.empty()));
    }

    /** Return the state after a store through the mapping that is kept, if all of a range lies in it. */
    public FileState storedThroughMapping(long offset, int length) {
        return with(conditions.with(
                conditions.mapping().map(held -> held.covers(offset, length) ? held.dirty(true) : held)));
    }

    /** Return the state with extents that were seen just now. */
    public FileState seen(List<Extent> found) {
        return new FileState(
                contents,
                twin,
                blocks,
                twinBlocks,
                places.seeing(found),
                open,
                limits,
                sizeLimit,
                conditions,
                durability);
    }

    /** Return the state after an atomic write laid down a range. */
    public FileState laidAtomically(Places.Range range) {
        return new FileState(
                contents,
                twin,
                blocks,
                twinBlocks,
                Places.afterAtomic(range),
                open,
                limits,
                sizeLimit,
                conditions,
                durability);
    }

    private FileState changed(UnaryOperator<Contents> effect, Blocks under) {
        return changed(effect, Optional.empty(), under);
    }

    private FileState changed(UnaryOperator<Contents> effect, Optional<Change> data, Blocks under) {
        Contents after = effect.apply(contents);
        return new FileState(
                after,
                twin,
                under,
                twinBlocks,
                Places.UNKNOWN,
                open,
                limits,
                sizeLimit,
                conditions,
                durability.with(Subject.FILE, effect, data, after.end()));
    }

    private FileState twinChanged(UnaryOperator<Contents> effect) {
        Contents after = effect.apply(twin);
        return new FileState(
                contents,
                after,
                blocks,
                twinBlocks,
                Places.UNKNOWN,
                open,
                limits,
                sizeLimit,
                conditions,
                durability.with(Subject.TWIN, effect, Optional.empty(), after.end()));
    }

    /** Return the state of which it is not known where data lies. */
    public FileState placesUnknown() {
        return over(blocks);
    }

    private FileState over(Blocks under) {
        return new FileState(
                contents, twin, under, twinBlocks, Places.UNKNOWN, open, limits, sizeLimit, conditions, durability);
    }

    private FileState overTwin(Blocks under) {
        return new FileState(
                contents, twin, blocks, under, Places.UNKNOWN, open, limits, sizeLimit, conditions, durability);
    }

    private FileState with(Durability changed) {
        return new FileState(contents, twin, blocks, twinBlocks, places, open, limits, sizeLimit, conditions, changed);
    }

    private FileState with(Conditions changed) {
        return new FileState(contents, twin, blocks, twinBlocks, places, open, limits, sizeLimit, changed, durability);
    }

    private FileState with(OpenFile changed) {
        return new FileState(
                contents, twin, blocks, twinBlocks, places, changed, limits, sizeLimit, conditions, durability);
    }

    private static long down(long offset, int unit) {
        return offset / unit * unit;
    }

    private static long up(long offset, int unit) {
        return down(offset + unit - 1, unit);
    }
}
