package io.untorn.model.operation;

import io.untorn.model.contents.Stamp;
import io.untorn.model.target.Facility;
import java.util.List;
import java.util.Optional;

/**
 * One step of a trace: plain data, bound to no run. Any operation may follow any other.
 *
 * <p>Offsets and lengths are bytes. Data is laid down and read back in words of {@link Stamp#WORD} bytes, so a place
 * that is no multiple of a word is for requests that must be refused.
 *
 * <p>A trace has one file with a twin to share blocks with, or one block device. Writes and reads go through two
 * descriptors, one with O_DIRECT and one without, that {@link Reopen} opens again; all else goes through a descriptor
 * of its own, opened read-write.
 */
public sealed interface Operation
        permits Audit,
                Batch,
                ChangeAttribute,
                CloneRange,
                DropCaches,
                Fallocate,
                FillSpace,
                HintExtentSize,
                HoldMapping,
                Layout,
                LimitFileSize,
                MapExtents,
                MapLoad,
                MapStore,
                PowerCut,
                Read,
                ReleaseMapping,
                Remount,
                Reopen,
                Statx,
                Sync,
                TellPosition,
                Truncate,
                TwinLoad,
                TwinWrite,
                Write {
    /** The largest length of one operation: 16 MiB. */
    int MAX_LENGTH = 16 << 20;

    /**
     * The largest offset or size: 1 TiB less than 8 EiB, where offsets end. No operations of a trace together are longer
     * than what is left.
     */
    long MAX_OFFSET = Long.MAX_VALUE - (1L << 40) + 1;

    /** Add the bytes that the operation may change or reads. */
    void touch(Footprint footprint);

    /** Return the write that the operation asks for, to the file, the device or the twin, if it is one. */
    default Optional<Write> asWrite() {
        return Optional.empty();
    }

    /** Return the writes that the operation asks for: itself, several that are handed over at once, or none. */
    default List<Write> writes() {
        return asWrite().stream().toList();
    }

    /** Return what the operation is to the twin, which takes itself for the file, if it is done to the twin alone. */
    default Optional<Operation> seenByTwin() {
        return Optional.empty();
    }

    /** Return what the kernel must have for the operation. */
    default Facility facility() {
        return asWrite().map(write -> write.engine().facility()).orElse(Facility.NONE);
    }

    /** Tell whether the operation may change what the target holds. */
    boolean mayChange();
}
