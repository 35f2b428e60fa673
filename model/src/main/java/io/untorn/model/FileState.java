package io.untorn.model;

import io.untorn.model.Blocks.Kind;
import java.util.List;

/**
 * One world: what the target holds if it is this one, and how the process has it open. Immutable.
 *
 * @param contents who wrote every byte of the file or device, from 0 to its size
 * @param twin likewise of the file beside it; nothing beside a device
 * @param blocks what lies under the file's ranges
 * @param places where the file's data is known to lie
 * @param open the descriptors of reads and writes
 * @param limits what statx tells now
 * @param sizeLimit RLIMIT_FSIZE in bytes, or {@link LimitFileSize#UNLIMITED}
 */
public record FileState(
        Contents contents, Contents twin, Blocks blocks, Places places, OpenFile open, Limits limits, long sizeLimit) {
    /** Return the state that a trace begins with: zeros, as many bytes as the target has, opened read-write. */
    public static FileState pristine(Environment environment) {
        return new FileState(
                Contents.zeros(environment.size()),
                Contents.zeros(0),
                Blocks.NONE,
                Places.UNKNOWN,
                OpenFile.opened(OpenMode.READ_WRITE, environment.limits()),
                environment.limits(),
                LimitFileSize.UNLIMITED);
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
    FileState written(Change change) {
        return change.length() == 0
                ? this
                : with(
                        contents.resized(Math.max(change.end(), size()))
                                .with(change.offset(), change.length(), change.origin()),
                        blocks);
    }

    /** Return the state after data in place has taken blocks of a kind, of a size in bytes. */
    FileState laid(long offset, long length, int unit, Kind kind) {
        return length == 0 ? this : with(contents, blocks.with(down(offset, unit), up(offset + length, unit), kind));
    }

    /** Return the state with blocks under a range that had none; the size stays. */
    FileState allocated(long offset, long length, int unit) {
        Blocks filled = blocks;
        for (long at = down(offset, unit), end = up(offset + length, unit); at < end; at += unit) {
            if (filled.kinds(at, unit).contains(Kind.HOLE)) {
                filled = filled.with(at, at + unit, Kind.UNWRITTEN);
            }
        }
        return with(contents, filled);
    }

    /** Return the state with zeros in a range, as far as it lies inside, and a hole under its whole blocks. */
    FileState punched(long offset, long length, int unit) {
        return with(
                contents.with(offset, length, Origin.ZERO),
                blocks.with(up(offset, unit), down(offset + length, unit), Kind.HOLE));
    }

    /** Return the state with zeros in a range, as far as it lies inside, and unwritten blocks under it. */
    FileState zeroed(long offset, long length, int unit) {
        return with(
                contents.with(offset, length, Origin.ZERO),
                blocks.with(up(offset, unit), down(offset + length, unit), Kind.UNWRITTEN));
    }

    /** Return the state with a size, in bytes, and no blocks of a size behind it; what is new reads as zeros. */
    FileState truncated(long size, int unit) {
        return with(contents.resized(size), size <= size() ? blocks.cut(up(size, unit)) : blocks);
    }

    /** Return the state with at least a size. */
    FileState grownTo(long size) {
        return size <= size() ? this : with(contents.resized(size), blocks);
    }

    /** Return the state without a range, which lies inside. */
    FileState collapsed(long offset, long length) {
        return with(contents.without(offset, length), blocks.moved(offset, -length));
    }

    /** Return the state with zeros put in before what lies at an offset, which lies inside. */
    FileState inserted(long offset, long length) {
        return with(contents.inserting(offset, length), blocks.moved(offset, length));
    }

    /** Return the state with a copy of a range, which lies inside, at another place. */
    FileState cloned(CloneRange clone) {
        Contents copy = contents(clone.from()).slice(clone.source(), clone.length());
        FileState shared = clone.from() == Subject.FILE ? sharing(clone.source(), clone.length()) : this;
        Contents changed = shared.contents(clone.to())
                .resized(Math.max(
                        clone.destination() + clone.length(),
                        contents(clone.to()).end()))
                .withCopy(copy, clone.destination());
        return clone.to() == Subject.FILE
                ? shared.with(changed, shared.blocks).sharing(clone.destination(), clone.length())
                : new FileState(contents, changed, shared.blocks, Places.UNKNOWN, open, limits, sizeLimit);
    }

    private FileState sharing(long offset, long length) {
        return with(contents, blocks.with(offset, offset + length, Kind.SHARED));
    }

    /** Return the state with everything written back, and safe from a power cut. */
    FileState durable() {
        return allocatedDelayed();
    }

    /** Return the state with blocks for all that was waiting for them. */
    FileState allocatedDelayed() {
        return with(contents, blocks.replacing(Kind.DELAYED, Kind.WRITTEN, 0, Long.MAX_VALUE));
    }

    /** Return the state with descriptors opened anew. */
    FileState opened(OpenMode mode) {
        return with(OpenFile.opened(mode, limits));
    }

    /** Return the state with a descriptor moved. */
    FileState positioned(Access access, long position) {
        return with(open.moved(access, position));
    }

    /** Return the state after an unmount, a mount that gives these limits, and an open. */
    FileState mounted(Limits given) {
        return durable().limited(given).opened(open.mode());
    }

    /** Return the state with other limits; what was granted at open stays. */
    FileState limited(Limits given) {
        return new FileState(contents, twin, blocks, places, open, given, sizeLimit);
    }

    /** Return the state with another RLIMIT_FSIZE, in bytes. */
    FileState sizeLimited(long bytes) {
        return new FileState(contents, twin, blocks, places, open, limits, bytes);
    }

    /** Return the state with extents that were seen just now. */
    FileState seen(List<Extent> found) {
        return new FileState(contents, twin, blocks, places.seeing(found), open, limits, sizeLimit);
    }

    /** Return the state after an atomic write laid down a range. */
    FileState laidAtomically(Places.Range range) {
        return new FileState(contents, twin, blocks, Places.afterAtomic(range), open, limits, sizeLimit);
    }

    private FileState with(Contents changed, Blocks under) {
        return new FileState(changed, twin, under, Places.UNKNOWN, open, limits, sizeLimit);
    }

    private FileState with(OpenFile changed) {
        return new FileState(contents, twin, blocks, places, changed, limits, sizeLimit);
    }

    private static long down(long offset, int unit) {
        return offset / unit * unit;
    }

    private static long up(long offset, int unit) {
        return down(offset + unit - 1, unit);
    }
}
