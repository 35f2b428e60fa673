package io.untorn.model.state;

import io.untorn.model.operation.HoldMapping;

/**
 * A shared mapping that the process keeps.
 *
 * @param offset bytes from the start of the target to its start
 * @param length bytes
 * @param storedTo whether something was stored through it that was not written back on purpose since
 */
public record HeldMapping(long offset, int length, boolean storedTo) {
    static HeldMapping of(HoldMapping hold) {
        return new HeldMapping(hold.offset(), hold.length(), false);
    }

    /** Tell whether all of a range is mapped. */
    public boolean covers(long from, int bytes) {
        return from >= offset && from + bytes <= offset + length;
    }

    /** Tell whether a byte of a range is mapped. */
    public boolean overlaps(long from, int bytes) {
        return from < offset + length && from + bytes > offset;
    }

    HeldMapping dirty(boolean dirty) {
        return new HeldMapping(offset, length, dirty);
    }
}
