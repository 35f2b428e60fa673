package io.untorn.conformance.coverage;

import io.untorn.model.operation.Access;
import io.untorn.model.operation.Audit;
import io.untorn.model.operation.Buffer;
import io.untorn.model.operation.CloneRange;
import io.untorn.model.operation.DropCaches;
import io.untorn.model.operation.Fallocate;
import io.untorn.model.operation.FillSpace;
import io.untorn.model.operation.HoldMapping;
import io.untorn.model.operation.MapLoad;
import io.untorn.model.operation.MapStore;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.PowerCut;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.Subject;
import io.untorn.model.operation.Sync;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Situation;
import io.untorn.model.state.CachedPages;

/**
 * Which pages of a target an operation brought into the page cache, and which of them are to be written back, derived from
 * the operations: not what readahead brings in as well, nor what a kernel writes back on its own. No rule depends on it,
 * but kernels do.
 */
record Caching(CachedPages held, CachedPages dirty) {
    static final Caching EMPTY = new Caching(CachedPages.NONE, CachedPages.NONE);

    /** Return what it holds after an operation. */
    Caching after(Operation operation, Situation on) {
        if (operation instanceof Write write) {
            return afterWrite(write, on);
        }
        if (operation instanceof MapStore store) {
            return on.inside(store.offset(), store.length()) > 0 ? dirtying(store.offset(), store.length()) : this;
        }
        if (operation instanceof MapLoad load) {
            return loading(load.offset(), on.inside(load.offset(), load.length()));
        }
        if (operation instanceof HoldMapping hold) {
            return loading(hold.offset(), on.inside(hold.offset(), hold.length()));
        }
        if (operation instanceof Read read) {
            return read.subject() != Subject.FILE
                    ? this
                    : read.access() == Access.BUFFERED
                            ? loading(read.offset(), on.inside(read.offset(), read.length()))
                            : writtenBack(read.offset(), read.offset() + read.length());
        }
        if (operation instanceof Truncate truncate) {
            return on.target().kind().isFile() ? without(up(truncate.size()), Long.MAX_VALUE) : this;
        }
        if (operation instanceof Fallocate fallocate) {
            return fallocate.allocates()
                    ? this
                    : without(fallocate.offset(), fallocate.moves() ? Long.MAX_VALUE : fallocate.end());
        }
        if (operation instanceof CloneRange clone) {
            return afterClone(clone);
        }
        if (operation instanceof Remount remount) {
            return remount.unmounts() ? EMPTY : writtenBack();
        }
        if (operation instanceof DropCaches) {
            return new Caching(dirty, dirty);
        }
        if (operation instanceof Audit audit) {
            return audit.unmounts() && on.target().kind().isFile() ? EMPTY : this;
        }
        if (operation instanceof PowerCut) {
            return EMPTY;
        }
        return operation instanceof Sync || operation instanceof FillSpace ? writtenBack() : this;
    }

    private Caching afterWrite(Write write, Situation on) {
        long place = on.place(write);
        if (write.length() == 0 || place < 0 || on.state().open().mode().readOnly()) {
            return this;
        }
        if (write.access() == Access.BUFFERED && !write.atomic()) {
            Caching written = dirtying(place, write.length());
            return isDurable(write, on) ? written.writtenBack(place, place + write.length()) : written;
        }
        return write.access() == Access.DIRECT ? without(place, place + write.length()) : this;
    }

    private static boolean isDurable(Write write, Situation on) {
        return on.state().open().mode().sync()
                || write.flags().has(RwFlag.DSYNC)
                || write.flags().has(RwFlag.SYNC);
    }

    private Caching afterClone(CloneRange clone) {
        Caching read =
                clone.from() == Subject.FILE ? writtenBack(clone.source(), clone.source() + clone.length()) : this;
        return clone.to() == Subject.FILE
                ? read.without(clone.destination(), clone.destination() + clone.length())
                : read;
    }

    private Caching loading(long offset, int length) {
        return length <= 0 ? this : new Caching(held.with(down(offset), up(offset + length)), dirty);
    }

    private Caching dirtying(long offset, int length) {
        long from = down(offset);
        long end = up(offset + length);
        return new Caching(held.with(from, end), dirty.with(from, end));
    }

    private Caching writtenBack() {
        return new Caching(held, CachedPages.NONE);
    }

    private Caching writtenBack(long from, long end) {
        return new Caching(held, dirty.without(down(from), up(end)));
    }

    private Caching without(long from, long end) {
        return new Caching(held.without(from, end), dirty.without(from, end));
    }

    private static long down(long offset) {
        return offset / Buffer.PAGE * Buffer.PAGE;
    }

    private static long up(long offset) {
        return down(offset + Buffer.PAGE - 1);
    }
}
