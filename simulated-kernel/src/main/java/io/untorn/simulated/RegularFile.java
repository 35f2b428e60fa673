package io.untorn.simulated;

import io.untorn.model.history.Extent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A file: its size, the blocks under it, and a page cache above. Its last block is zero past EOF. Ranges of blocks are
 * given by their first block and the one after the last.
 */
final class RegularFile implements PageCache.Backing {
    private static final int UNWRITTEN = 0x800;
    private static final int SHARED = 0x2000;
    private static final int UNKNOWN_AND_DELAYED = 0x6;
    private static final int LAST = 0x1;

    private final Storage storage;
    private final int block;
    private final ExtentMap extents = new ExtentMap();
    private final PageCache cache;
    private long size;
    private long sizeOnDisk;

    /** The part of a file that the journal keeps. */
    record State(List<Piece> pieces, long size) {}

    RegularFile(Storage storage) {
        this.storage = storage;
        block = storage.block();
        cache = new PageCache(this, block);
    }

    long size() {
        return size;
    }

    PageCache cache() {
        return cache;
    }

    State state() {
        return new State(extents.pieces(), sizeOnDisk);
    }

    /** Take an earlier state, and forget what is cached. */
    void restore(State state) {
        cache.drop(0, Long.MAX_VALUE);
        extents.restore(state.pieces);
        size = state.size;
        sizeOnDisk = state.size;
    }

    /** Return what lies under a range of blocks. */
    List<Piece> over(long from, long to) {
        return extents.over(from, to);
    }

    /** Return the blocks under the file, none of them a hole. */
    List<Piece> pieces() {
        return extents.pieces();
    }

    /** Tell whether a piece has a block that another place shares. */
    boolean isShared(Piece piece) {
        for (long i = 0; i < piece.length(); i++) {
            if (piece.kind() == Piece.Kind.WRITTEN && storage.space().isShared(piece.physical() + i)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public byte[] load(long offset, int length) {
        byte[] bytes = new byte[length];
        long end = offset + length;
        for (Piece piece : over(storage.down(offset), storage.up(end))) {
            if (piece.kind() == Piece.Kind.WRITTEN) {
                long from = Math.max(offset, piece.logical() * block);
                long to = Math.min(end, piece.end() * block);
                storage.disk().read(place(piece, from), bytes, (int) (from - offset), (int) (to - from));
            }
        }
        return bytes;
    }

    /** Write a range of sectors below the cache: over written blocks of its own in place, else to new ones. */
    @Override
    public void store(long offset, byte[] data) throws Refused {
        long end = offset + data.length;
        for (Piece piece : bySharing(over(storage.down(offset), storage.up(end)))) {
            long from = Math.max(offset, piece.logical() * block);
            long to = Math.min(end, piece.end() * block);
            byte[] part = Arrays.copyOfRange(data, (int) (from - offset), (int) (to - offset));
            if (piece.kind() == Piece.Kind.WRITTEN && !isShared(piece)) {
                storage.disk().write(place(piece, from), part);
                continue;
            }
            byte[] whole = load(piece.logical() * block, (int) (piece.length() * block));
            System.arraycopy(part, 0, whole, (int) (from - piece.logical() * block), part.length);
            writeNew(piece, whole);
        }
        sizeOnDisk = Math.max(sizeOnDisk, Math.min(size, end));
    }

    /** Write a range past the cache. */
    void writeDirect(long offset, byte[] data) throws Refused {
        settle(offset, offset + data.length);
        size = Math.max(size, offset + data.length);
        store(offset, data);
    }

    void writeBuffered(long offset, byte[] data) {
        cache.write(offset, data);
        size = Math.max(size, offset + data.length);
    }

    /** Write a piece by one atomic command to where it lies, and say that it holds data if it did not. */
    void writeAtomically(Piece piece, byte[] data) {
        long physical = piece.physical() * block;
        if (storage.has(SimulatedFault.TORN_BY_POWER_CUT) || !storage.disk().takesAtomic(physical, data.length)) {
            storage.disk().write(physical, data);
        } else {
            storage.disk().writeAtomic(physical, data);
        }
        if (piece.kind() == Piece.Kind.UNWRITTEN && !storage.has(SimulatedFault.UNWRITTEN_NOT_CONVERTED)) {
            extents.put(piece.as(Piece.Kind.WRITTEN));
        }
    }

    /** Write back what of a range is cached, and forget it. */
    void settle(long offset, long end) throws Refused {
        cache.writeBack(offset, end);
        if (!storage.has(SimulatedFault.STALE_CACHE)) {
            cache.drop(offset, end);
        }
    }

    /** Take blocks for a hole; they are not under the file yet. */
    List<Piece> allocate(long from, long to, Piece.Kind kind) throws Refused {
        int cluster = storage.cluster();
        List<Piece> fresh = new ArrayList<>();
        for (long at = from; at < to; ) {
            if (cluster == 1) {
                BlockAllocator.Run run = storage.space().allocate((int) (to - at));
                fresh.add(new Piece(at, run.start(), run.length(), kind));
                at += run.length();
            } else {
                long start = at / cluster * cluster;
                long end = Math.min(to, start + cluster);
                fresh.add(new Piece(at, clusterUnder(start) + (at - start), end - at, kind));
                at = end;
            }
        }
        return fresh;
    }

    /** Put blocks under the file in place of what lies there. */
    void map(Piece piece) {
        unmap(piece.logical(), piece.end());
        extents.put(piece);
    }

    /** Return how many blocks or clusters data in a range may need: for holes, and for blocks that others share. */
    long unitsFor(long offset, long end) {
        long clusters = 0;
        long last = -1;
        for (Piece piece : bySharing(over(storage.down(offset), storage.up(end)))) {
            if (piece.kind() != Piece.Kind.HOLE && !isShared(piece)) {
                continue;
            }
            for (long at = piece.logical(); at < piece.end(); at++) {
                clusters += at / storage.cluster() == last || hasCluster(at) ? 0 : 1;
                last = at / storage.cluster();
            }
        }
        return clusters;
    }

    /** Tell whether a block lies in a cluster of several that the file has already. */
    private boolean hasCluster(long at) {
        int cluster = storage.cluster();
        long start = at / cluster * cluster;
        return cluster > 1 && over(start, start + cluster).stream().anyMatch(each -> each.kind() != Piece.Kind.HOLE);
    }

    /** Return how many new blocks it may take to make the rest of a block zeros. */
    long unitsForEdge(long offset) {
        long first = storage.down(offset);
        return offset % block != 0 && isShared(over(first, first + 1).get(0)) ? 1 : 0;
    }

    /** Make the file as large as what was written to it needs. */
    void reach(long end) {
        size = Math.max(size, end);
        sizeOnDisk = Math.max(sizeOnDisk, end);
    }

    /** Free the blocks past EOF, as a mount does after a power cut. */
    void dropPastEnd() throws Refused {
        zeroInBlock(size, storage.up(size) * block);
        cache.writeBack(0, Long.MAX_VALUE);
        cache.drop(0, Long.MAX_VALUE);
        unmap(storage.up(size), Long.MAX_VALUE / block);
    }

    void truncate(long to) {
        if (to <= size) {
            zeroInBlock(to, storage.up(to) * block);
            cache.drop(storage.up(to) * block, Long.MAX_VALUE);
            unmap(storage.up(to), Long.MAX_VALUE / block);
        }
        size = to;
        sizeOnDisk = to;
    }

    /** Put unwritten blocks under the holes of a range. */
    void preallocate(long offset, long end) throws Refused {
        for (Piece piece : over(storage.down(offset), storage.up(end))) {
            if (piece.kind() == Piece.Kind.HOLE) {
                for (Piece fresh : allocate(piece.logical(), piece.end(), Piece.Kind.UNWRITTEN)) {
                    map(fresh);
                }
            }
        }
    }

    void punch(long offset, long end) {
        zeroEdges(offset, end);
        if (!storage.has(SimulatedFault.STALE_AFTER_PUNCH) && storage.up(offset) < storage.down(end)) {
            cache.drop(storage.up(offset) * block, storage.down(end) * block);
            unmap(storage.up(offset), storage.down(end));
        }
    }

    void zero(long offset, long end) throws Refused {
        zeroEdges(offset, end);
        preallocate(offset, end);
        long from = storage.up(offset);
        long to = storage.down(end);
        if (from >= to) {
            return;
        }
        cache.drop(from * block, to * block);
        for (Piece piece : bySharing(over(from, to))) {
            if (piece.kind() == Piece.Kind.WRITTEN && !isShared(piece)) {
                extents.put(piece.as(Piece.Kind.UNWRITTEN));
            } else if (piece.kind() != Piece.Kind.UNWRITTEN) {
                for (Piece fresh : allocate(piece.logical(), piece.end(), Piece.Kind.UNWRITTEN)) {
                    map(fresh);
                }
            }
        }
    }

    /** Take out a range of whole clusters that ends inside. */
    void collapse(long offset, int length) throws Refused {
        settle(0, Long.MAX_VALUE);
        cache.drop(0, Long.MAX_VALUE);
        long blocks = length / block;
        unmap(offset / block, offset / block + blocks);
        extents.shift(offset / block + blocks, -(storage.has(SimulatedFault.COLLAPSE_MISPLACED) ? blocks - 1 : blocks));
        size -= length;
        sizeOnDisk = size;
    }

    /** Make room for a range of whole clusters. */
    void insert(long offset, int length) throws Refused {
        settle(0, Long.MAX_VALUE);
        cache.drop(0, Long.MAX_VALUE);
        extents.shift(offset / block, length / block);
        size += length;
        sizeOnDisk = size;
    }

    /** Give a range blocks of its own. */
    void unshare(long offset, long end) throws Refused {
        settle(offset, end);
        for (Piece piece : bySharing(over(storage.down(offset), storage.up(end)))) {
            if (isShared(piece)) {
                writeNew(piece, load(piece.logical() * block, (int) (piece.length() * block)));
            }
        }
    }

    /** Share the blocks of a range of a file, which may be this one; all in whole blocks. */
    void share(RegularFile from, long source, long destination, int length) throws Refused {
        from.settle(source, source + length);
        settle(destination, destination + length);
        cache.drop(destination, destination + length);
        unmap(destination / block, (destination + length) / block);
        for (Piece piece : from.over(source / block, (source + length) / block)) {
            if (piece.kind() == Piece.Kind.WRITTEN) {
                storage.space().share(piece.physical(), piece.length());
                extents.put(piece.movedBy((destination - source) / block));
            }
        }
        reach(destination + length);
    }

    /** Return where the data lies, and what has no place yet, as FIEMAP reports it. */
    List<Extent> fiemap() {
        List<Extent> reported = new ArrayList<>();
        for (Piece piece : bySharing(extents.pieces())) {
            int flags = (piece.kind() == Piece.Kind.UNWRITTEN ? UNWRITTEN : 0) | (isShared(piece) ? SHARED : 0);
            reported.add(extent(piece, piece.physical() * block, flags));
        }
        for (long number : cache.dirty()) {
            if (over(number, number + 1).get(0).kind() == Piece.Kind.HOLE) {
                reported.add(extent(Piece.hole(number, number + 1), 0, UNKNOWN_AND_DELAYED));
            }
        }
        reported.sort(Comparator.comparingLong(Extent::logical));
        if (!reported.isEmpty()) {
            Extent last = reported.remove(reported.size() - 1);
            reported.add(new Extent(last.logical(), last.physical(), last.length(), last.flags() | LAST));
        }
        return reported;
    }

    private Extent extent(Piece piece, long physical, int flags) {
        return new Extent(piece.logical() * block, physical, piece.length() * block, flags);
    }

    private void writeNew(Piece piece, byte[] data) throws Refused {
        List<Piece> places = piece.kind() == Piece.Kind.UNWRITTEN
                ? List.of(piece.as(Piece.Kind.WRITTEN))
                : allocate(piece.logical(), piece.end(), Piece.Kind.WRITTEN);
        for (Piece place : places) {
            int from = (int) (place.logical() - piece.logical()) * block;
            storage.disk()
                    .write(
                            place.physical() * block,
                            Arrays.copyOfRange(data, from, from + (int) place.length() * block));
            if (piece.kind() == Piece.Kind.UNWRITTEN) {
                extents.put(place);
            } else {
                map(place);
            }
        }
    }

    private void zeroEdges(long offset, long end) {
        long head = Math.min(end, storage.up(offset) * block);
        zeroInBlock(offset, head);
        zeroInBlock(Math.max(head, storage.down(end) * block), end);
    }

    private void zeroInBlock(long from, long to) {
        if (from < to
                && (cache.holds(from, to)
                        || over(storage.down(from), storage.down(from) + 1)
                                        .get(0)
                                        .kind()
                                == Piece.Kind.WRITTEN)) {
            cache.write(from, new byte[(int) (to - from)]);
        }
    }

    /** Unmap blocks of the file, and free the clusters that it no longer needs. */
    private void unmap(long from, long to) {
        int cluster = storage.cluster();
        Set<Long> left = new TreeSet<>();
        for (Piece piece : extents.remove(from, to)) {
            if (cluster == 1) {
                storage.space().release(piece.physical(), piece.length());
                continue;
            }
            for (long at = piece.logical(); at < piece.end(); at = (at / cluster + 1) * cluster) {
                long start = at / cluster * cluster;
                if (over(start, start + cluster).stream().allMatch(each -> each.kind() == Piece.Kind.HOLE)) {
                    left.add((piece.physical() + (at - piece.logical())) / cluster);
                }
            }
        }
        left.forEach(unit -> storage.space().release(unit, 1));
    }

    /** Return the physical place of a cluster of the file: where it lies already, or a new one. */
    private long clusterUnder(long start) throws Refused {
        int cluster = storage.cluster();
        for (Piece piece : over(start, start + cluster)) {
            if (piece.kind() != Piece.Kind.HOLE) {
                return piece.physical() - (piece.logical() - start);
            }
        }
        return storage.space().allocate(1).start() * cluster;
    }

    /** Return pieces so that each is shared as a whole or not at all. */
    private List<Piece> bySharing(List<Piece> pieces) {
        if (pieces.stream().noneMatch(this::isShared)) {
            return pieces;
        }
        List<Piece> parts = new ArrayList<>();
        for (Piece piece : pieces) {
            long from = piece.logical();
            for (long at = from + 1; at <= piece.end(); at++) {
                if (at == piece.end() || isShared(piece.inside(at, at + 1)) != isShared(piece.inside(from, from + 1))) {
                    parts.add(piece.inside(from, at));
                    from = at;
                }
            }
        }
        return parts;
    }

    private long place(Piece piece, long offset) {
        return piece.physical() * block + (offset - piece.logical() * block);
    }
}
