package io.untorn.model.rule;

import io.untorn.model.history.Outcome;
import io.untorn.model.history.Outcome.Returned;
import io.untorn.model.history.Step;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.Audit;
import io.untorn.model.operation.Batch;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.ChangeAttribute;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.DropCaches;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.FillSpace;
import io.untorn.model.operation.HintExtentSize;
import io.untorn.model.operation.HoldMapping;
import io.untorn.model.operation.Layout;
import io.untorn.model.operation.LimitFileSize;
import io.untorn.model.operation.MapExtents;
import io.untorn.model.operation.MapLoad;
import io.untorn.model.operation.MapStore;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.PowerCut;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.ReleaseMapping;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.Reopen;
import io.untorn.model.operation.Split;
import io.untorn.model.operation.Statx;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.Sync;
import io.untorn.model.operation.TellPosition;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.TwinLoad;
import io.untorn.model.operation.TwinView;
import io.untorn.model.operation.TwinWrite;
import io.untorn.model.operation.Write;
import io.untorn.model.state.CachedPages;
import io.untorn.model.state.PageCaches;
import io.untorn.model.target.Target;
import java.util.Set;

/**
 * What an operation may leave in the page cache, at most: what is not told of here may leave anything.
 *
 * <p>A read of a page brings in any others of the file with it, before and after: mm/readahead.c, page_cache_ra_order;
 * mm/filemap.c, do_sync_mmap_readahead (6.12 to 7.3). A write, or the zeroing of the rest of a block, brings in its own
 * pages: fs/iomap/buffered-io.c, iomap_write_begin; fs/ext4/inode.c, ext4_block_zero_page_range (6.12 to 7.3). Whatever
 * makes a file longer zeroes from its old end on. What is mapped and kept brings in no page by itself: one process loads and
 * stores, and each of that is an operation.
 */
public final class PageCaching {
    /** Operations that read and change no page of the file. */
    private static final Set<Class<? extends Operation>> APART = Set.of(
            Sync.class,
            Statx.class,
            MapExtents.class,
            LimitFileSize.class,
            HintExtentSize.class,
            FillSpace.class,
            DropCaches.class,
            ChangeAttribute.class,
            Reopen.class,
            TwinLoad.class,
            TwinWrite.class,
            TellPosition.class,
            ReleaseMapping.class);

    private PageCaching() {}

    /** Return what may be in the page cache when a trace begins: nothing of a new file, anything of a device. */
    public static PageCaches atStart(Target target) {
        return target.kind().isFile() ? PageCaches.NONE : PageCaches.ANY;
    }

    /** Return what may be in the page cache after an operation. */
    public static PageCaches after(Step step, Situation met) {
        return new PageCaches(ofFileAfter(step, met), ofTwinAfter(step, met));
    }

    private static CachedPages ofFileAfter(Step step, Situation met) {
        Operation operation = step.operation();
        if (!met.target().kind().isFile()) {
            return CachedPages.ANY;
        }
        if (operation instanceof Write write) {
            return afterWrite(write, step.outcome(), met);
        }
        if (operation instanceof Batch batch) {
            return duringBatch(batch, met);
        }
        if (operation instanceof Read read && read.subject() == Subject.TWIN) {
            return met.cached();
        }
        if (operation instanceof Read read) {
            boolean direct = read.access() == Access.DIRECT
                    && met.isDirectAligned(read.offset(), read.length())
                    && !met.is(Attribute.DATA_JOURNALLED);
            return direct ? met.cached() : withAll(met);
        }
        if (operation instanceof MapLoad || operation instanceof MapStore || operation instanceof HoldMapping) {
            return withAll(met);
        }
        if (operation instanceof Truncate truncate) {
            return afterTruncate(truncate, step.outcome(), met);
        }
        if (operation instanceof Fallocate fallocate) {
            return withRange(grownTo(fallocate.end(), met), fallocate.offset(), end(fallocate, met), met);
        }
        if (operation instanceof CloneRange clone) {
            return clone.to() == Subject.FILE
                    ? withRange(
                            grownTo(clone.destination(), met),
                            clone.destination(),
                            clone.destination() + clone.length(),
                            met)
                    : met.cached();
        }
        if (operation instanceof Layout layout) {
            return layout.what() == Layout.Piece.CLONE
                    ? met.cached()
                    : withRange(grownTo(layout.end(), met), layout.offset(), layout.end(), met);
        }
        if (operation instanceof Remount remount) {
            return remount.way() == Remount.Way.LIVE ? met.cached() : CachedPages.NONE;
        }
        if (operation instanceof Audit audit) {
            return audit.unmounts() ? CachedPages.NONE : met.cached();
        }
        if (operation instanceof PowerCut) {
            return CachedPages.NONE;
        }
        return APART.contains(operation.getClass()) ? met.cached() : CachedPages.ANY;
    }

    /** What inserting moves makes a new end of the file. */
    private static long end(Fallocate fallocate, Situation met) {
        return fallocate.moves() ? Math.max(met.size(), fallocate.end()) + fallocate.length() : fallocate.end();
    }

    private static CachedPages ofTwinAfter(Step step, Situation met) {
        return TwinView.of(step.operation())
                .map(seen -> ofFileAfter(new Step(seen, step.invoked(), step.returned(), step.outcome()), met.ofTwin()))
                .orElse(met.caches().twin());
    }

    /** Return what may be there while the requests of a batch are done: what each may bring in, and what was there. */
    static PageCaches during(Batch batch, Situation met) {
        return new PageCaches(duringBatch(batch, met), met.caches().twin());
    }

    private static CachedPages duringBatch(Batch batch, Situation met) {
        if (!met.target().kind().isFile()) {
            return CachedPages.ANY;
        }
        long all = batch.requests().stream().mapToLong(Write::length).sum();
        CachedPages cached = met.cached();
        for (Write request : batch.requests()) {
            if (request.length() == 0) {
                continue;
            }
            long place = met.appends(request) ? met.size() : request.offset();
            long end = met.appends(request) ? met.size() + all : request.offset() + request.length();
            cached = end > met.size() ? withRange(cached, met.size(), Math.max(end, met.size()), met) : cached;
            cached = way(request, new Returned(request.length()), met) == Way.THROUGH_THE_CACHE
                    ? withRange(cached, place, end, met)
                    : cached;
        }
        return cached;
    }

    private static CachedPages afterWrite(Write write, Outcome outcome, Situation met) {
        long place = met.place(write);
        long end = place + write.length();
        if (write.length() == 0 || place < 0) {
            return met.cached();
        }
        CachedPages grown = end > met.size() ? grownTo(place, met) : met.cached();
        return switch (way(write, outcome, met)) {
            case PAST_THE_CACHE -> grown.without(down(place, met), up(end, met));
            case MAYBE_PAST_THE_CACHE -> grown;
            case THROUGH_THE_CACHE -> withRange(grown, place, end, met);
        };
    }

    /** How a write goes. */
    private enum Way {
        /** It drops the pages of its range first, and succeeds only if none was left. */
        PAST_THE_CACHE,
        /** It brings in no page; if one of its range can't be dropped, it goes through the page cache. */
        MAYBE_PAST_THE_CACHE,
        THROUGH_THE_CACHE
    }

    /** ext4_dio_write_iter and xfs_file_write_iter send to the page cache what direct I/O leaves of a write (6.1 to 7.3). */
    private static Way way(Write write, Outcome outcome, Situation met) {
        long place = met.place(write);
        boolean inBlocks = (place | write.length()) % met.target().blockSize() == 0
                && met.isMemoryAligned(write)
                && write.split() == Split.ONE;
        boolean whole = write.buffer().missing() == 0 && met.lengthStored(write) == write.length();
        if (write.access() == Access.BUFFERED || met.is(Attribute.DATA_JOURNALLED) || !inBlocks || !whole) {
            return Way.THROUGH_THE_CACHE;
        }
        boolean atomicallyDone =
                write.atomic() && place % write.length() == 0 && outcome.equals(new Returned(write.length()));
        return atomicallyDone ? Way.PAST_THE_CACHE : Way.MAYBE_PAST_THE_CACHE;
    }

    /** truncate_pagecache drops what lies past the new end (6.1 to 7.3). */
    private static CachedPages afterTruncate(Truncate truncate, Outcome outcome, Situation met) {
        CachedPages grown = withRange(grownTo(truncate.size(), met), truncate.size(), truncate.size(), met);
        return outcome.equals(Outcome.DONE) ? grown.without(up(truncate.size(), met), Long.MAX_VALUE) : grown;
    }

    /** Return what may be there after the file's old end, or what lies from there to an offset, was zeroed. */
    private static CachedPages grownTo(long offset, Situation met) {
        return withRange(met.cached(), met.size(), Math.max(met.size(), offset), met);
    }

    private static CachedPages withAll(Situation met) {
        return met.cached().with(0, up(met.size(), met));
    }

    /** Return what may be there after the pages from the one before an offset to that of an end were used. */
    private static CachedPages withRange(CachedPages before, long offset, long end, Situation met) {
        return before.with(down(offset, met), up(end, met));
    }

    private static long down(long offset, Situation met) {
        return offset / unit(met) * unit(met);
    }

    private static long up(long offset, Situation met) {
        return down(offset + unit(met) - 1, met);
    }

    /** A folio is no smaller than a block: include/linux/pagemap.h, mapping_set_folio_min_order. */
    private static long unit(Situation met) {
        return Math.max(Buffer.PAGE, met.target().blockSize());
    }
}
