package io.untorn.conformance.picture;

import io.untorn.conformance.picture.Picture.Mark;
import io.untorn.conformance.picture.Picture.Piece;
import io.untorn.conformance.picture.Picture.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects the parts of a target that something happens in, and leaves out what is long and empty between them. */
final class Windows {
    /** Blocks that are shown around a part. */
    private static final int MARGIN = 1;
    /** Empty blocks that are worth leaving out. */
    private static final int LEAST_GAP = 16;

    private final long block;
    private final TreeMap<Long, Long> parts = new TreeMap<>();

    /**
     * Begin with the start of the target.
     *
     * @param block bytes
     */
    Windows(long block) {
        this.block = block;
        parts.put(0L, block);
    }

    void add(Mark mark) {
        add(mark.from(), mark.to());
    }

    /** Add a piece, unless there is nothing in it. */
    void add(Piece piece) {
        if (piece.state() != BlockState.HOLE && piece.state() != BlockState.ZEROS) {
            add(piece.from(), piece.to());
        }
    }

    private void add(long from, long to) {
        long start = Math.max(0, from / block - MARGIN) * block;
        long end = (Math.max(to, from + 1) + block - 1) / block * block + MARGIN * block;
        parts.merge(start, end, Math::max);
    }

    List<Window> merged() {
        List<Window> windows = new ArrayList<>();
        for (Map.Entry<Long, Long> part : parts.entrySet()) {
            int last = windows.size() - 1;
            if (last >= 0 && part.getKey() - windows.get(last).to() <= LEAST_GAP * block) {
                long to = Math.max(windows.get(last).to(), part.getValue());
                windows.set(last, new Window(windows.get(last).from(), to));
            } else {
                windows.add(new Window(part.getKey(), part.getValue()));
            }
        }
        return windows;
    }
}
