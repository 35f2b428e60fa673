package io.untorn.model.rules;

import io.untorn.model.operation.Access;
import io.untorn.model.operation.Attribute;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.RwFlag;
import io.untorn.model.operation.RwFlags;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Situation;
import io.untorn.model.target.KernelVersion;
import io.untorn.model.target.TargetKind;

/** Conditions on a write that several rules share. */
final class WriteConditions {
    private WriteConditions() {}

    /** Tell whether a write has a flag that the kernel does not know; RWF_ATOMIC has rules of its own. */
    static boolean hasUnknownFlag(Write write, Situation on) {
        KernelVersion kernel = on.environment().kernel();
        RwFlags others = write.flags().without(RwFlag.ATOMIC);
        return others.bits() != 0 && others.flags().stream().anyMatch(flag -> !kernel.isAtLeast(flag.since()));
    }

    /** Tell whether a write names a place before the start. */
    static boolean isNegative(Write write) {
        return write.offset() == Write.NEGATIVE
                || (write.offset() == Write.AT_POSITION && write.engine() == Engine.LIBAIO);
    }

    /** Tell whether an atomic write is shorter than unit_min, or longer than unit_max. */
    static boolean isOutsideLimits(Write write, Situation on) {
        return write.atomic()
                && (write.length() < on.limits().unitMin()
                        || write.length() > on.limits().unitMax());
    }

    /** Tell whether a write to a file ends beyond RLIMIT_FSIZE. */
    static boolean crossesSizeLimit(Write write, Situation on) {
        return on.exceedsSizeLimit(on.place(write) + write.length());
    }

    /** Tell whether a write appends to a file whose size is no multiple of the write's length. */
    static boolean appendsToOddEnd(Write write, Situation on) {
        return write.length() > 0 && on.appends(write) && on.size() % write.length() != 0;
    }

    /** Tell whether all of a write's memory is there, and is what direct I/O takes. */
    static boolean hasAlignedMemory(Write write, Situation on) {
        return write.buffer().missing() == 0 && on.isMemoryAligned(write);
    }

    /** XFS looks at the place that a write names before it sends one that appends to the end of the file. */
    private static boolean namesMisalignedPlace(Write write, Situation on) {
        return on.target().kind() == TargetKind.XFS && !on.isDirectAligned(on.requestedPlace(write), 0);
    }

    /**
     * Tell whether a file system must refuse a plain direct write for its place or length: XFS looks at them first;
     * ext4 writes what lies before a misaligned end, and sends to the page cache what it can't drop pages for, and
     * journalled data, some versions any misaligned write. A device does the same as ext4, and what its page cache holds is
     * never known.
     */
    static boolean mustBeRefusedAsMisaligned(Write write, Situation on) {
        long sector = on.environment().disk().geometry().logicalBlockSize();
        long named = on.requestedPlace(write);
        long place = on.place(write);
        return switch (on.target().kind()) {
            case XFS -> (named | write.length()) % sector != 0;
            case EXT4 ->
                place % sector != 0
                        && !on.is(Attribute.DATA_JOURNALLED)
                        && !on.mayMeetPages(write)
                        && !sendsMisalignedToPageCache(on.environment().kernel());
            case BLOCK_DEVICE -> false;
        };
    }

    /** From 6.15 to 6.17 iomap_iter let the ENOTBLK of ext4_iomap_end hide EINVAL; those who took the fix over fail again. */
    private static boolean sendsMisalignedToPageCache(KernelVersion kernel) {
        return kernel.isAtLeast(new KernelVersion(6, 15)) && !kernel.isAtLeast(new KernelVersion(6, 18));
    }

    /** Tell whether direct I/O may refuse a write for its place, its memory, or the length of one of its segments. */
    static boolean isMisalignedDirect(Write write, Situation on) {
        return write.access() == Access.DIRECT
                && (!on.isDirectAligned(on.place(write), on.lengthStored(write))
                        || namesMisalignedPlace(write, on)
                        || !on.isMemoryAligned(write)
                        || write.split().lengths(write.length()).stream()
                                .anyMatch(length -> !on.isDirectAligned(0, length)));
    }
}
