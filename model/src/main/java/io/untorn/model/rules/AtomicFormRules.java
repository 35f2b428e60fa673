package io.untorn.model.rules;

import static io.untorn.model.rule.Rule.answering;
import static io.untorn.model.rule.Scope.EVERYWHERE;
import static io.untorn.model.rule.Scope.Support.MORE_THAN_ONE_LENGTH;
import static io.untorn.model.rule.Scope.Support.PRESENT;
import static io.untorn.model.rules.WriteAnswers.refusing;
import static io.untorn.model.rules.WriteAnswers.refusingLast;
import static io.untorn.model.rules.WriteAnswers.write;

import io.untorn.model.history.Errno;
import io.untorn.model.operation.Access;
import io.untorn.model.operation.Engine;
import io.untorn.model.operation.Split;
import io.untorn.model.operation.Write;
import io.untorn.model.rule.Expectation;
import io.untorn.model.rule.Rule;
import io.untorn.model.rule.Scope;
import io.untorn.model.rule.Situation;
import io.untorn.model.target.Facility;
import java.util.List;

/** What an atomic write must be like on every target. Targets put these between their own checks, each in its scope. */
final class AtomicFormRules {
    private static final Scope ATOMIC = EVERYWHERE.since(6, 11).where(PRESENT);
    private static final String MAN = "pwritev2(2), RWF_ATOMIC";
    private static final String VALID = "kernel fs/read_write.c, generic_atomic_write_valid (6.12 to 7.3)";

    private static final Rule ONE_SEGMENT = answering(
            "one-segment",
            "An atomic write has one segment; an empty segment counts.",
            ATOMIC,
            refusing(Errno.EINVAL, (write, on) -> write.atomic() && write.split() != Split.ONE),
            MAN,
            "statx(2), stx_atomic_write_segments_max",
            VALID);

    private static final Rule ATOMIC_WRITE_FROM_NO_REGISTERED_BUFFER = answering(
            "atomic-write-from-no-registered-buffer",
            "An atomic write from a registered buffer of io_uring fails with EINVAL, though it has one segment.",
            ATOMIC,
            refusing(Errno.EINVAL, (write, on) -> write.atomic() && write.engine() == Engine.IO_URING_FIXED),
            VALID);

    private static final Rule LENGTH_POWER_OF_TWO = answering(
            "length-power-of-two",
            "The length of an atomic write is a power of two.",
            ATOMIC,
            refusing(Errno.EINVAL, (write, on) -> write.atomic() && Integer.bitCount(write.length()) != 1),
            MAN,
            VALID);

    private static final Rule OFFSET_NATURALLY_ALIGNED = answering(
            "offset-naturally-aligned",
            "The offset of an atomic write, or the position where it has none, is a multiple of its length.",
            ATOMIC,
            refusing(Errno.EINVAL, (write, on) -> write.atomic() && on.requestedPlace(write) % write.length() != 0),
            MAN,
            VALID);

    private static final Rule DIRECT_IO_ONLY = answering(
            "direct-io-only",
            "A well-formed atomic write without O_DIRECT fails with EOPNOTSUPP.",
            ATOMIC,
            refusing(Errno.EOPNOTSUPP, (write, on) -> write.atomic() && write.access() == Access.BUFFERED),
            MAN + ": requires O_DIRECT",
            VALID);

    private static final Rule MEMORY_ALIGNED = answering(
            "memory-aligned",
            "The memory of an atomic write is aligned to stx_dio_mem_align; else EINVAL.",
            ATOMIC,
            refusingLast(Errno.EINVAL, (write, on) -> write.atomic() && !on.isMemoryAligned(write)),
            "statx(2), stx_dio_mem_align",
            "kernel block/fops.c, blkdev_dio_invalid; fs/iomap/direct-io.c, iomap_dio_bio_iter (6.12 to 6.17)",
            "kernel block/bio.c, bio_iov_iter_get_pages (7.2 and 7.3)");

    private static final Rule MEMORY_MUST_BE_MAPPED = answering(
            "memory-must-be-mapped",
            "An atomic write from memory of which nothing is mapped fails with EFAULT.",
            ATOMIC,
            refusingLast(
                    Errno.EFAULT,
                    (write, on) -> write.atomic() && write.buffer().missing() >= write.length()),
            "write(2), ERRORS, EFAULT");

    private static final Rule MEMORY_MISSING_IN_PART = answering(
            "memory-missing-in-part",
            "An atomic write from memory of which a part is not mapped fails, with EFAULT or EINVAL, and writes "
                    + "nothing.",
            ATOMIC,
            write((write, on) -> write.atomic() && write.buffer().missing() > 0, AtomicFormRules::refusedForMemory),
            MAN + ": all or none",
            "kernel fs/iomap/direct-io.c, iomap_dio_bio_iter; block/fops.c, __blkdev_direct_IO_simple (6.12 to 7.3)");

    private AtomicFormRules() {}

    /** Return what an atomic write must be like for a target's code to look at it, in order. */
    static List<Rule> request(Scope scope) {
        return List.of(
                ONE_SEGMENT.within(scope),
                ATOMIC_WRITE_FROM_NO_REGISTERED_BUFFER.within(scope.needing(Facility.IO_URING)),
                LENGTH_POWER_OF_TWO.within(scope.where(MORE_THAN_ONE_LENGTH)),
                OFFSET_NATURALLY_ALIGNED.within(scope),
                DIRECT_IO_ONLY.within(scope));
    }

    /** Return what the memory of the data must be like, in order. */
    static List<Rule> memory(Scope scope) {
        return List.of(
                MEMORY_ALIGNED.within(scope),
                MEMORY_MUST_BE_MAPPED.within(scope),
                MEMORY_MISSING_IN_PART.within(scope));
    }

    private static Expectation refusedForMemory(Write write, Situation on) {
        return new Expectation(Refusals.of(Errno.EFAULT, Errno.EINVAL)
                .or(Errno.EAGAIN, on.mayAskAgain(write))
                .or(Errno.ENOSPC, on.mayLackSpace(write))
                .of(on));
    }
}
