package io.untorn.conformance;

import io.untorn.model.Access;
import io.untorn.model.DropCaches;
import io.untorn.model.MapLoad;
import io.untorn.model.MapStore;
import io.untorn.model.Operation;
import io.untorn.model.Read;
import io.untorn.model.Remount;
import io.untorn.model.RwFlag;
import io.untorn.model.Situation;
import io.untorn.model.Sync;
import io.untorn.model.Truncate;
import io.untorn.model.Write;

/** What the page cache holds of a target, as far as its operations tell. No rule turns on it, but kernels do. */
enum Caching {
    EMPTY,
    CLEAN,
    DIRTY;

    /** Return what it holds after an operation that met a situation. */
    Caching after(Operation operation, Situation on) {
        if (operation instanceof Write write) {
            return isCached(write, on) ? isDurable(write, on) ? CLEAN : DIRTY : this;
        }
        if (operation instanceof MapStore store) {
            return on.inside(store.offset(), store.length()) > 0 ? DIRTY : this;
        }
        if (operation instanceof Remount remount) {
            return remount.way() == Remount.Way.UNMOUNT_AND_MOUNT ? EMPTY : writtenBack();
        }
        if (operation instanceof Truncate truncate) {
            return truncate.size() == 0 && on.target().kind().isFile() ? EMPTY : this;
        }
        if (operation instanceof DropCaches) {
            return this == DIRTY ? DIRTY : EMPTY;
        }
        boolean loads = operation instanceof MapLoad
                || (operation instanceof Read read && read.access() == Access.BUFFERED && read.length() > 0);
        return operation instanceof Sync ? writtenBack() : loads && this == EMPTY ? CLEAN : this;
    }

    private Caching writtenBack() {
        return this == DIRTY ? CLEAN : this;
    }

    private static boolean isCached(Write write, Situation on) {
        return write.access() == Access.BUFFERED
                && !write.atomic()
                && write.length() > 0
                && !on.state().open().mode().readOnly();
    }

    private static boolean isDurable(Write write, Situation on) {
        return on.state().open().mode().sync()
                || write.flags().has(RwFlag.DSYNC)
                || write.flags().has(RwFlag.SYNC);
    }
}
