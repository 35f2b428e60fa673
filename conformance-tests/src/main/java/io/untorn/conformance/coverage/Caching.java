package io.untorn.conformance.coverage;

import io.untorn.model.operation.Access;
import io.untorn.model.operation.DropCaches;
import io.untorn.model.operation.MapLoad;
import io.untorn.model.operation.MapStore;
import io.untorn.model.operation.Operation;
import io.untorn.model.operation.Read;
import io.untorn.model.operation.Remount;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.Sync;
import io.untorn.model.operation.Truncate;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Situation;

/** What the page cache holds of a target, derived from the operations. No rule depends on it, but kernels do. */
enum Caching {
    EMPTY,
    CLEAN,
    DIRTY;

    /** Return what it holds after an operation. */
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
