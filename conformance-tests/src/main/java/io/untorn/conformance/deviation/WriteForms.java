package io.untorn.conformance.deviation;

import io.untorn.model.operation.Access;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Situation;

/** Forms of writes that several mechanisms need. */
final class WriteForms {
    private WriteForms() {}

    static boolean isDirectAtomic(Write write) {
        return write.atomic() && write.access() == Access.DIRECT;
    }

    /** Tell whether it is atomic, and a part of its memory, but not all, is not mapped. */
    static boolean lacksPartOfItsMemory(Write write, Situation on) {
        return isDirectAtomic(write) && write.isPartlyMapped();
    }

    /** Return how many of its first bytes are mapped. */
    static int mapped(Write write) {
        return write.length() - write.buffer().missing();
    }

    /** Tell whether it is an atomic append to a file whose size is no multiple of its length. */
    static boolean isAtomicAppendToOddEnd(Write write, Situation on) {
        return isDirectAtomic(write) && write.length() > 0 && on.appends(write) && on.size() % write.length() != 0;
    }

    /** Tell whether it is plain and buffered, or does not begin and end with blocks: then a file may buffer it. */
    static boolean mayGoThroughPageCache(Write write, Situation on) {
        return !write.atomic()
                && (write.access() == Access.BUFFERED
                        || (on.place(write) | write.length()) % on.target().blockSize() != 0);
    }

    /** Tell whether it is plain, and direct I/O can't take it as it is. */
    static boolean isMisalignedDirect(Write write, Situation on) {
        return !write.atomic()
                && write.access() == Access.DIRECT
                && (!on.isMemoryAligned(write)
                        || !on.isDirectAligned(on.place(write), write.length())
                        || write.split().lengths(write.length()).stream()
                                .anyMatch(length -> !on.isDirectAligned(0, length)));
    }
}
