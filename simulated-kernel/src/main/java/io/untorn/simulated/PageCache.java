package io.untorn.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What was written to one file or device through memory, block by block; clean once it is written back. */
final class PageCache {
    private final Backing backing;
    private final int block;
    private final NavigableMap<Long, Cached> blocks = new TreeMap<>();

    /** What lies under the cache. */
    interface Backing {
        /** Read a range. */
        byte[] load(long offset, int length);

        /** Write whole blocks. */
        void store(long offset, byte[] data) throws Refused;
    }

    private static final class Cached {
        final byte[] bytes;
        boolean dirty;

        Cached(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    /**
     * Create an empty cache.
     *
     * @param block bytes that are cached together
     */
    PageCache(Backing backing, int block) {
        this.backing = backing;
        this.block = block;
    }

    /** Read a range: what is cached, and what is not from below. */
    byte[] read(long offset, int length) {
        byte[] bytes = backing.load(offset, length);
        within(offset, offset + length).forEach((index, cached) -> {
            long start = index * block;
            int from = (int) Math.max(0, offset - start);
            int to = (int) Math.min(block, offset + length - start);
            System.arraycopy(cached.bytes, from, bytes, (int) (start + from - offset), to - from);
        });
        return bytes;
    }

    /** Write a range; it stays here until it is written back. */
    void write(long offset, byte[] data) {
        for (int at = 0; at < data.length; ) {
            long index = (offset + at) / block;
            int within = (int) ((offset + at) % block);
            int count = Math.min(data.length - at, block - within);
            Cached cached = blocks.get(index);
            if (cached == null) {
                cached = new Cached(count == block ? new byte[block] : backing.load(index * block, block));
                blocks.put(index, cached);
            }
            System.arraycopy(data, at, cached.bytes, within, count);
            cached.dirty = true;
            at += count;
        }
    }

    /** Tell whether a part of a range is cached. */
    boolean holds(long offset, long end) {
        return !within(offset, end).isEmpty();
    }

    /** Return the numbers of the blocks that are not written back, in order. */
    List<Long> dirty() {
        return blocks.entrySet().stream()
                .filter(entry -> entry.getValue().dirty)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Write back what of a range is dirty, in runs as long as there are. */
    void writeBack(long offset, long end) throws Refused {
        List<Map.Entry<Long, Cached>> run = new ArrayList<>();
        for (Map.Entry<Long, Cached> entry : within(offset, end).entrySet()) {
            if (!run.isEmpty() && run.get(0).getKey() + run.size() != entry.getKey()) {
                store(run);
            }
            if (entry.getValue().dirty) {
                run.add(entry);
            } else {
                store(run);
            }
        }
        store(run);
    }

    /** Forget every block that is written back. */
    void dropClean() {
        blocks.values().removeIf(cached -> !cached.dirty);
    }

    /** Forget every block. */
    void dropAll() {
        blocks.clear();
    }

    /** Forget every block that a range touches. */
    void drop(long offset, long end) {
        within(offset, end).clear();
    }

    private void store(List<Map.Entry<Long, Cached>> run) throws Refused {
        if (run.isEmpty()) {
            return;
        }
        byte[] data = new byte[run.size() * block];
        for (int i = 0; i < run.size(); i++) {
            System.arraycopy(run.get(i).getValue().bytes, 0, data, i * block, block);
        }
        backing.store(run.get(0).getKey() * block, data);
        run.forEach(entry -> entry.getValue().dirty = false);
        run.clear();
    }

    private NavigableMap<Long, Cached> within(long offset, long end) {
        return offset >= end ? new TreeMap<>() : blocks.subMap(offset / block, true, (end - 1) / block, true);
    }
}
