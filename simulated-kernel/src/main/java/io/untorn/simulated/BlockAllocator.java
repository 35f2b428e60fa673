package io.untorn.simulated;

import io.untorn.model.history.Errno;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Hands out blocks, or clusters of blocks, first fit, and counts who shares them. Freed blocks can be allocated again
 * once the journal has committed the free: until then a power cut may bring their owner back.
 */
final class BlockAllocator {
    /** Blocks of the file system's own at its start; odd, so that data comes to lie where nothing is aligned. */
    private static final int METADATA = 37;

    private static final int FRAGMENTED = 4096;
    private static final int[] FREE_RUNS = {1, 3, 2, 5, 8, 1, 4, 13, 2, 17};

    /** Blocks or clusters that a filled file system keeps for itself. */
    private static final int KEPT_BACK = 8;

    private final int count;
    private final BitSet taken;
    private final BitSet pristine;
    private final Map<Long, Integer> sharers = new HashMap<>();
    private final BitSet freed = new BitSet();
    private final BitSet unshared = new BitSet();
    private final BitSet filled = new BitSet();

    /** Blocks in a row. */
    record Run(long start, int length) {}

    BlockAllocator(int count, Space space) {
        this.count = count;
        pristine = new BitSet(count);
        pristine.set(0, METADATA);
        if (space == Space.FRAGMENTED) {
            for (int at = METADATA, i = 0; at < Math.min(FRAGMENTED, count); i++) {
                at += FREE_RUNS[i % FREE_RUNS.length];
                pristine.set(at, at += 1 + i % 3);
            }
        }
        taken = (BitSet) pristine.clone();
    }

    /** Take the first free run, up to some blocks long. */
    Run allocate(int most) throws Refused {
        int start = taken.nextClearBit(0);
        if (start >= count) {
            throw new Refused(Errno.ENOSPC);
        }
        return take(start, Math.min(most, freeFrom(start)));
    }

    /** Take a run of a length that starts at a multiple of it. */
    Run allocateAligned(int length) throws Refused {
        for (int start = 0; start + length <= count; start += length) {
            int clear = taken.nextClearBit(start);
            start = (clear + length - 1) / length * length;
            if (start + length <= count && freeFrom(start) >= length) {
                return take(start, length);
            }
        }
        throw new Refused(Errno.ENOSPC);
    }

    /** Take a run of a length that starts one block after a multiple of it: what no aligned allocator does. */
    Run allocateMisaligned(int length) throws Refused {
        for (int start = 1; start + length <= count; start += length) {
            if (!taken.get(start) && freeFrom(start) >= length) {
                return take(start, length);
            }
        }
        throw new Refused(Errno.ENOSPC);
    }

    /** Count one more owner of blocks. */
    void share(long start, long length) {
        for (long block = start; block < start + length; block++) {
            sharers.merge(block, 1, Integer::sum);
        }
    }

    /** Tell whether a block has more than one owner, or would have after a power cut. */
    boolean isShared(long block) {
        return hasOthers(block) || unshared.get((int) block);
    }

    private boolean hasOthers(long block) {
        return !sharers.isEmpty() && sharers.containsKey(block);
    }

    /** Count one owner of blocks less, and free those without an owner. */
    void release(long start, long length) {
        for (long block = start; block < start + length; block++) {
            if (hasOthers(block)) {
                sharers.computeIfPresent(block, (key, others) -> others == 1 ? null : others - 1);
                unshared.set((int) block);
            } else {
                freed.set((int) block);
            }
        }
    }

    /** Make freed blocks available again. */
    void commit() {
        taken.andNot(freed);
        freed.clear();
        unshared.clear();
    }

    /** Take all that is free but some, and what the file system keeps for itself. */
    void fill(int left) {
        fill(left, count);
    }

    /** Take all that is free but pieces of a length, no two of which are neighbours, and what the file system keeps for itself. */
    void fillAllBut(int pieces, int length) {
        fill(pieces * length, length);
    }

    private void fill(int left, int piece) {
        empty();
        filled.set(0, count);
        filled.andNot(taken);
        int block = 0;
        for (int kept = left + KEPT_BACK, i = 1; kept > 0; kept--, i++) {
            block = taken.nextClearBit(block);
            filled.clear(block);
            block += i % piece == 0 ? 2 : 1;
        }
        taken.or(filled);
    }

    /** Give back what was taken to fill the file system. */
    void empty() {
        taken.andNot(filled);
        filled.clear();
    }

    /** Require blocks, or clusters, that files can have now; a file system that was not filled has enough. */
    void require(long wanted) throws Refused {
        if (isFilled() && wanted > count - taken.cardinality() - KEPT_BACK) {
            throw new Refused(Errno.ENOSPC);
        }
    }

    boolean isFilled() {
        return !filled.isEmpty();
    }

    /** Make the file system empty but for what fills it. */
    void reset() {
        taken.clear();
        taken.or(pristine);
        taken.or(filled);
        freed.clear();
        unshared.clear();
        sharers.clear();
    }

    /** Count an owner of blocks, after {@link #reset}. */
    void own(long start, long length) {
        for (long block = start; block < start + length; block++) {
            if (taken.get((int) block)) {
                share(block, 1);
            }
            taken.set((int) block);
        }
    }

    private int freeFrom(int start) {
        int end = taken.nextSetBit(start);
        return (end < 0 ? count : Math.min(end, count)) - start;
    }

    private Run take(int start, int length) {
        taken.set(start, start + length);
        return new Run(start, length);
    }
}
