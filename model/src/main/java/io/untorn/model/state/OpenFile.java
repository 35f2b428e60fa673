package io.untorn.model.state;

import io.untorn.model.operation.Access;
import io.untorn.model.operation.OpenMode;
import io.untorn.model.target.Limits;

/**
 * The descriptors of reads and writes.
 *
 * @param mode how they were opened
 * @param directPosition the position of the one with O_DIRECT, in bytes
 * @param bufferedPosition the position of the one without, in bytes
 * @param atomicGranted whether they may write atomically: decided once, at open (FMODE_CAN_ATOMIC_WRITE)
 */
public record OpenFile(OpenMode mode, long directPosition, long bufferedPosition, boolean atomicGranted) {
    /** Return descriptors opened just now. */
    static OpenFile opened(OpenMode mode, Limits limits) {
        return new OpenFile(mode, 0, 0, limits.supported());
    }

    /** Return a descriptor's position, in bytes. */
    public long position(Access access) {
        return access == Access.DIRECT ? directPosition : bufferedPosition;
    }

    OpenFile moved(Access access, long position) {
        return access == Access.DIRECT
                ? new OpenFile(mode, position, bufferedPosition, atomicGranted)
                : new OpenFile(mode, directPosition, position, atomicGranted);
    }
}
