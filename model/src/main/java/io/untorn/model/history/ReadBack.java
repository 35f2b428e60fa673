package io.untorn.model.history;

import io.untorn.model.operation.Access;
import io.untorn.model.operation.Audit;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.Footprint;
import io.untorn.model.operation.MapLoad;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.TwinLoad;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is looked at when the operations of a trace are done.
 *
 * <p>The size, and the bytes of every range that they touch, by direct reads with 16 KiB around, then by buffered reads and
 * through a mapping, of a long range its start and its end; and at last whether memory is still pinned. Where they have the file
 * system checked, the file is read as a whole, in all three ways, and its free space is counted, when all else is done.
 */
final class ReadBack {
    /** The most bytes in one read. */
    private static final int PIECE = 1 << 20;

    /** How much of a long range is read, at its start buffered, at its end through a mapping. */
    private static final int END = 16 << 10;

    /** What lies between two ranges is read too where the file is read as a whole, up to so many bytes. */
    private static final long GAP = 4 << 20;

    private final Footprint footprint;
    private final long largestFile;
    private final boolean whole;
    private final List<Operation> looks = new ArrayList<>();

    private ReadBack(List<Operation> operations, Footprint footprint, long largestFile) {
        this.footprint = footprint;
        this.largestFile = largestFile;
        this.whole = operations.stream()
                .anyMatch(operation -> operation instanceof Audit audit && audit.aspect() == Audit.Aspect.FILE_SYSTEM);
    }

    /**
     * Return the operations that look at what others left.
     *
     * @param largestFile how many bytes a file can have, at the most: nothing behind is read
     */
    static List<Operation> after(List<Operation> operations, Footprint footprint, long largestFile) {
        return new ReadBack(operations, footprint, largestFile).looks();
    }

    private List<Operation> looks() {
        looks.add(new Statx());
        if (whole) {
            joined(inReach(footprint.ranges())).forEach((from, to) -> {
                direct(from, to);
                buffered(from, to);
                mapped(from, to);
            });
        } else {
            inReach(footprint.ranges()).forEach(this::direct);
            inReach(footprint.ranges(Buffer.PAGE)).forEach(this::ends);
        }
        looks.add(new Audit(Audit.Aspect.PINNED_PAGES));
        if (whole) {
            looks.add(new Audit(Audit.Aspect.FREE_SPACE));
        }
        return looks;
    }

    private SortedMap<Long, Long> inReach(SortedMap<Long, Long> ranges) {
        SortedMap<Long, Long> inReach = new TreeMap<>();
        ranges.headMap(largestFile).forEach((from, to) -> inReach.put(from, Math.min(to, largestFile)));
        return inReach;
    }

    private static SortedMap<Long, Long> joined(SortedMap<Long, Long> ranges) {
        TreeMap<Long, Long> joined = new TreeMap<>();
        ranges.forEach((from, to) -> {
            Map.Entry<Long, Long> last = joined.lastEntry();
            boolean isNear = last != null && from - last.getValue() <= GAP;
            joined.put(isNear ? last.getKey() : from, to);
        });
        return joined;
    }

    private void direct(long from, long to) {
        for (long at = from; at < to; at += PIECE) {
            read(Access.DIRECT, at, (int) Math.min(PIECE, to - at));
        }
    }

    private void ends(long from, long to) {
        buffered(from, Math.min(from + END, to));
        mapped(Math.max(from, to - END), to);
    }

    private void buffered(long from, long to) {
        for (long at = from; at < to; at += PIECE) {
            read(Access.BUFFERED, at, (int) Math.min(PIECE, to - at));
        }
    }

    private void mapped(long from, long to) {
        for (long at = from; at < to; at += PIECE) {
            MapLoad load = new MapLoad(at, (int) Math.min(PIECE, to - at));
            looks.add(load);
            if (footprint.touchesTwin()) {
                looks.add(new TwinLoad(load));
            }
        }
    }

    private void read(Access access, long at, int length) {
        looks.add(Read.plain(access, at, length));
        if (footprint.touchesTwin()) {
            looks.add(new Read(RwFlags.NONE, access, Subject.TWIN, at, length));
        }
    }
}
